/**
 * Git as we let it run. Repositories speak to git through their configuration, attributes and hooks, and each of them can
 * name programs; whoever wrote the repository would then run code here. What is set on the command line beats them all.
 */
const SETTINGS = [
  "core.hooksPath=/dev/null",
  "core.fsmonitor=false",
  "core.untrackedCache=false",
  "core.attributesFile=/dev/null",
  "core.excludesFile=/dev/null",
  // Run by a fetch into a repository that borrows objects.
  "core.alternateRefsCommand=true",
  "core.sshCommand=false",
  "core.askPass=false",
  "core.editor=false",
  "core.pager=cat",
  "credential.helper=",
  "gc.auto=0",
  "maintenance.auto=false",
  "commit.gpgSign=false",
  "submodule.recurse=false",
  "fetch.recurseSubmodules=false",
  // Names that mean `.git` on another file system are refused on this one too.
  "core.protectHFS=true",
  "core.protectNTFS=true",
  // A person's repository may belong to another account than the one we run as; it is theirs to name it.
  "safe.directory=*",
] as const;

export const TAMED: readonly string[] = [
  "--no-pager",
  "--literal-pathspecs",
  ...SETTINGS.flatMap((setting) => ["-c", setting]),
];

/** The whole environment of a call. No transport is allowed: what fetches from a file says so with `FILES_ONLY`. */
export function surroundings(searchPath: string): Readonly<Record<string, string>> {
  return {
    PATH: searchPath,
    HOME: "/nonexistent",
    XDG_CONFIG_HOME: "/nonexistent",
    LC_ALL: "C",
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_SYSTEM: "/dev/null",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_ATTR_NOSYSTEM: "1",
    GIT_TERMINAL_PROMPT: "0",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_NO_LAZY_FETCH: "1",
    GIT_NO_REPLACE_OBJECTS: "1",
    GIT_ALLOW_PROTOCOL: "none",
  };
}

/** For calls that read another repository or a bundle of this machine. Beats every `protocol.*.allow` of a repository. */
export const FILES_ONLY: Readonly<Record<string, string>> = { GIT_ALLOW_PROTOCOL: "file" };
