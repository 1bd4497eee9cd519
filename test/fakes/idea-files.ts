/** A repository, a specification and a script on disk, as a person would hand them in. */
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const SPEC = `# Write the greeting

## Goal
\`greeting.txt\` says hello.

## Constraints
None.

## Success metrics
The check passes.
`;

export interface IdeaFiles {
  readonly repository: string;
  readonly spec: string;
  /** Writes the steps of a scripted agent and returns the words of `idea add` that use them. */
  readonly add: (...steps: readonly unknown[]) => readonly string[];
  readonly git: (...words: readonly string[]) => string;
}

/** `acceptance`: the commands of the repository's profile; none: it has no profile. */
export function ideaFiles(folder: string, acceptance: readonly string[] = ["grep hello greeting.txt"]): IdeaFiles {
  const repository = join(folder, "repository");
  const git = (...words: readonly string[]): string =>
    execFileSync("git", ["-C", repository, "-c", "user.name=t", "-c", "user.email=t@localhost", ...words], {
      encoding: "utf8",
    });
  mkdirSync(join(repository, ".codex-loop"), { recursive: true });
  writeFileSync(join(repository, "README.md"), "# Greeting\n");
  const commands = acceptance.map((run, index) => ({ name: `check-${index + 1}`, run, timeout: 20 }));
  // YAML takes JSON as it is.
  if (acceptance.length > 0)
    writeFileSync(join(repository, ".codex-loop/profile.yaml"), JSON.stringify({ acceptance: commands }));
  execFileSync("git", ["init", "--quiet", "--initial-branch=main", repository]);
  git("add", "--all");
  git("commit", "--quiet", "--message=Begin");
  const spec = join(folder, "SPEC.md");
  writeFileSync(spec, SPEC);
  return {
    repository,
    spec,
    git,
    add: (...steps) => {
      const script = join(folder, "steps.yaml");
      writeFileSync(script, JSON.stringify({ steps }));
      return ["idea", "add", "--repo", repository, "--file", spec, "--agent", "scripted", "--script", script];
    },
  };
}

/** The step that does what the specification wants. */
export const GREET = { write: { path: "greeting.txt", text: "hello\n" } } as const;
