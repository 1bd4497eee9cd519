import { fail, ok, type Result } from "../../kit/result.ts";
import type { Failure } from "../../model/failure.ts";
import type { RepositoryFacts } from "../../ports/repository.ts";
import { gitFailed } from "./git-failure.ts";
import { locate } from "./locate.ts";
import type { Git } from "./run-git.ts";

const MOST_DIRTY = 1_000;

/** Where a repository stands. Looks only: neither index nor work tree is written. */
export async function facts(git: Git, path: string): Promise<Result<RepositoryFacts, Failure>> {
  const located = await locate(git, path);
  if (!located.ok) return located;
  const { folder } = located.value;
  const head = await git({ folder, args: ["rev-parse", "--verify", "--quiet", "HEAD^{commit}"] });
  if (head.code !== 0) return fail(noCommit(folder));
  const symbolic = await git({ folder, args: ["symbolic-ref", "--quiet", "HEAD"] });
  const dirty = await dirtyFiles(git, folder);
  if (!dirty.ok) return dirty;
  return ok({
    folder,
    branch:
      symbolic.code === 0
        ? symbolic.stdout
            .toString("utf8")
            .trim()
            .replace(/^refs\/heads\//, "")
        : null,
    head: head.stdout.toString("utf8").trim(),
    dirtyFiles: dirty.value,
  });
}

/** Submodules have a configuration of their own that git would obey: they are left out. */
async function dirtyFiles(git: Git, folder: string): Promise<Result<number, Failure>> {
  const off = await withoutFilters(git, folder);
  const status = ["status", "--porcelain", "-z", "--no-renames", "--untracked-files=normal", "--ignore-submodules=all"];
  const run = await git({ folder, args: [...off, ...status] });
  if (run.code !== 0) return gitFailed(`The state of ${folder} cannot be read.`, run);
  const rows = run.stdout
    .toString("utf8")
    .split("\0")
    .filter((row) => row !== "");
  return ok(Math.min(rows.length, MOST_DIRTY));
}

/** Comparing a file with the index would run its filter: each one that the repository configures is switched off by name. */
async function withoutFilters(git: Git, folder: string): Promise<string[]> {
  const args = ["config", "--null", "--name-only", "--get-regexp", String.raw`^filter\..*\.(clean|process|required)$`];
  const run = await git({ folder, args });
  const names = run.stdout
    .toString("utf8")
    .split("\0")
    .filter((name) => name !== "");
  return names.flatMap((name) => ["-c", name.endsWith(".required") ? `${name}=false` : `${name}=`]);
}

function noCommit(folder: string): Failure {
  return {
    code: "usage",
    message: `${folder} has no commit yet.`,
    cause: "Attempts start from a commit.",
    hint: "Do this: commit something first.",
    retry: "never",
  };
}
