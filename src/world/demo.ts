/** The repository of `demo run`: one shell script that subtracts where it should add, and a test that says so. */
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { gitOf } from "../adapters/git/run-git.ts";
import { environment } from "../config/environment.ts";
import { fail, ok, type Result } from "../kit/result.ts";
import type { Failure } from "../model/failure.ts";

/** Only a shell is needed, so that it runs wherever a wall can be built. */
const FILES: Readonly<Record<string, string>> = {
  "README.md": "# Sum\n\nA demonstration of Codex Loop: `sh test.sh` fails until somebody mends `sum.sh`.\n",
  "sum.sh": "#!/bin/sh\n# Prints the sum of its two arguments.\necho $(($1 - $2))\n",
  "test.sh":
    '#!/bin/sh\nfound=$(sh sum.sh 2 3)\n[ "$found" = 5 ] || { echo "2 + 3 gave $found, not 5"; exit 1; }\necho "2 + 3 gave 5"\n',
  ".codex-loop/profile.yaml": "acceptance:\n  - name: sum\n    run: [sh, test.sh]\n    timeout: 30\n",
};

/** What the person of the demonstration wants. */
export const DEMO_SPEC = `# Mend the sum

## Goal
\`sh test.sh\` passes: \`sum.sh\` prints the sum of its two arguments.

## Constraints
Change \`sum.sh\` only.

## Success metrics
The check \`sum\` of the profile passes.
`;

/** What the scripted agent does about it, in place of a model. */
export const DEMO_STEPS = [
  { say: "I run the test first, to see how it fails." },
  { run: ["sh", "test.sh"] },
  { say: "It subtracts. I mend sum.sh and run the test again." },
  { write: { path: "sum.sh", text: "#!/bin/sh\n# Prints the sum of its two arguments.\necho $(($1 + $2))\n" } },
  { run: ["sh", "test.sh"] },
  { usage: { input: 5_200, output: 310 } },
  { say: "The test passes." },
] as const;

/** Below the home of Codex Loop; `demo clear` removes all of it. */
export function demoFolder(home: string): string {
  return join(home, "demo");
}

const IDENTITY = {
  GIT_AUTHOR_NAME: "Codex Loop demo",
  GIT_AUTHOR_EMAIL: "demo@localhost",
  GIT_COMMITTER_NAME: "Codex Loop demo",
  GIT_COMMITTER_EMAIL: "demo@localhost",
} as const;

const CALLS = [
  ["init", "--quiet", "--initial-branch=main"],
  ["add", "--all"],
  ["commit", "--quiet", "--message=Print the sum of two numbers"],
] as const;

/** Makes the repository, with one commit on `main`, and returns its folder. */
export async function makeDemoRepository(home: string, name: string): Promise<Result<string, Failure>> {
  const folder = join(demoFolder(home), name);
  for (const [path, text] of Object.entries(FILES)) {
    await mkdir(join(folder, path, ".."), { recursive: true, mode: 0o700 });
    await writeFile(join(folder, path), text);
  }
  const git = gitOf(environment()["PATH"] ?? "");
  for (const args of CALLS) {
    const run = await git({ folder, args, env: IDENTITY });
    if (run.code !== 0) return fail(noGit(run.said));
  }
  return ok(folder);
}

export function removeDemoRepositories(home: string): Promise<void> {
  return rm(demoFolder(home), { recursive: true, force: true });
}

function noGit(said: string): Failure {
  return {
    code: "failed",
    message: "The repository of the demonstration could not be made.",
    cause: said.split("\n")[0] ?? "git said nothing.",
    hint: "Do this: codex-loop doctor says whether git is there.",
    retry: "never",
  };
}
