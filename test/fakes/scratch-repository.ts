/** A person's repository in a folder of its own, made with plain git, and a place beside it for clones and markers. */
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export class ScratchRepository implements Disposable {
  readonly root: string;
  readonly folder: string;
  /** A file that only code of a repository makes. */
  readonly marker: string;

  constructor(options: readonly string[] = []) {
    this.root = mkdtempSync(join(tmpdir(), "scratch-repository-"));
    this.folder = join(this.root, "person's repo");
    this.marker = join(this.root, "marker");
    git("/", ["init", "-q", "-b", "main", ...options, this.folder]);
    this.commit("one", { "README.md": "# scratch\n", "src/a.ts": "export const a = 1;\n" });
  }

  at(path: string): string {
    return join(this.root, path);
  }

  git(...args: readonly string[]): string {
    return git(this.folder, args);
  }

  /** Writes files and commits everything; the new commit's id. */
  commit(subject: string, files: Readonly<Record<string, string>>): string {
    writeFiles(this.folder, files);
    this.git("add", "-A");
    this.git("commit", "-q", "--allow-empty", "-m", subject);
    return this.git("rev-parse", "HEAD");
  }

  /** Everything that git would run for a repository, each leaving the marker. */
  trap(folder: string): void {
    const hook = `#!/bin/sh\n: > '${this.marker.replaceAll("'", String.raw`'\''`)}'\n`;
    const program = join(this.root, "program");
    writeFileSync(program, hook);
    chmodSync(program, 0o755);
    const hooks = join(folder, ".git", "hooks");
    mkdirSync(hooks, { recursive: true });
    for (const name of HOOKS) {
      writeFileSync(join(hooks, name), hook);
      chmodSync(join(hooks, name), 0o755);
    }
    for (const [key, value] of trapSettings(program)) git(folder, ["config", key, value]);
  }

  /** The marker is there: something of a repository ran. It is removed for the next look. */
  sprung(): boolean {
    const was = existsSync(this.marker);
    rmSync(this.marker, { force: true });
    return was;
  }

  [Symbol.dispose](): void {
    rmSync(this.root, { recursive: true });
  }
}

const HOOKS = [
  "pre-commit",
  "prepare-commit-msg",
  "commit-msg",
  "post-commit",
  "post-checkout",
  "post-index-change",
  "reference-transaction",
  "post-update",
  "pre-auto-gc",
];

/** Attributes that put every file under the trap's filter and drivers. */
export const TRAP_ATTRIBUTES = "* filter=trap diff=trap merge=trap\n";

function trapSettings(program: string): readonly (readonly [string, string])[] {
  const call = `'${program}'`;
  return [
    ["core.fsmonitor", call],
    ["core.sshCommand", call],
    ["core.editor", call],
    ["core.pager", call],
    ["core.askPass", program],
    ["core.alternateRefsCommand", call],
    ["credential.helper", `!${call}`],
    ["commit.gpgSign", "true"],
    ["gpg.program", program],
    ["diff.external", call],
    ["diff.trap.command", call],
    ["diff.trap.textconv", call],
    ["merge.trap.driver", call],
    ["filter.trap.clean", call],
    ["filter.trap.smudge", call],
    ["filter.trap.required", "false"],
  ];
}

export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** Plain git without this machine's own configuration; what it printed, trimmed. */
export function git(folder: string, args: readonly string[]): string {
  const env = {
    PATH: process.env["PATH"],
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_AUTHOR_NAME: "Ann",
    GIT_AUTHOR_EMAIL: "ann@localhost",
    GIT_COMMITTER_NAME: "Ann",
    GIT_COMMITTER_EMAIL: "ann@localhost",
  };
  return execFileSync("git", args, { cwd: folder, env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] }).trim();
}

/** Every path below a folder, sorted. */
export function pathsBelow(folder: string): readonly string[] {
  return (readdirSync(folder, { recursive: true }) as string[]).toSorted();
}
