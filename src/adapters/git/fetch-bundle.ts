import { fail, ok, type Result } from "../../kit/result.ts";
import type { Failure } from "../../model/failure.ts";
import type { Repository } from "../../ports/repository.ts";
import { gitFailed, textOf } from "./git-failure.ts";
import { locate } from "./locate.ts";
import { branchRef, commitId } from "./names.ts";
import { inRecords } from "./own-records.ts";
import type { Git } from "./run-git.ts";
import { FILES_ONLY } from "./tamed.ts";

type Wish = Parameters<Repository["fetchBundle"]>[1];

interface Target {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly ref: string;
  readonly wish: Wish;
}

/**
 * Takes a branch out of a bundle: first the objects, checked one by one, then the branch, only if it is still not there.
 * Work tree, index and what is checked out stay as they are. A branch that has exactly this head already is fine.
 */
export async function fetchBundle(git: Git, path: string, wish: Wish): Promise<Result<void, Failure>> {
  const ref = branchRef(wish.branch);
  if (!ref.ok) return ref;
  const head = commitId(wish.head);
  if (!head.ok) return head;
  const located = await locate(git, path);
  if (!located.ok) return located;
  const target = { ...inRecords(located.value.records), ref: ref.value, wish };
  for (const step of [checkHead, checkBranch, takeObjects, makeBranch]) {
    const done = await step(git, target);
    if (!done.ok) return done;
  }
  return ok(undefined);
}

/** The bundle must hold the branch, at the very commit that was judged. */
async function checkHead(git: Git, { folder, env, ref, wish }: Target): Promise<Result<void, Failure>> {
  const run = await git({ folder, env, args: ["bundle", "list-heads", wish.bundle, ref] });
  const heads = textOf(`The bundle ${wish.bundle} cannot be read.`, run);
  if (!heads.ok) return heads;
  return heads.value === `${wish.head} ${ref}\n` ? ok(undefined) : fail(otherHead(wish));
}

/** Nothing is at the branch, or what we want; a branch that a work tree is on would change under it. */
async function checkBranch(git: Git, { folder, env, ref, wish }: Target): Promise<Result<void, Failure>> {
  const now = await git({ folder, env, args: ["rev-parse", "--verify", "--quiet", ref] });
  if (now.code === 0) {
    return now.stdout.toString("utf8").trim() === wish.head ? ok(undefined) : fail(otherCommits(wish.branch));
  }
  const trees = textOf(WHAT, await git({ folder, env, args: ["worktree", "list", "--porcelain", "-z"] }));
  if (!trees.ok) return trees;
  return trees.value.split("\0").includes(`branch ${ref}`) ? fail(checkedOut(wish.branch)) : ok(undefined);
}

async function takeObjects(git: Git, { folder, env, ref, wish }: Target): Promise<Result<void, Failure>> {
  const args = [
    "-c",
    "transfer.fsckObjects=true",
    "fetch",
    "--quiet",
    "--no-tags",
    "--no-write-fetch-head",
    "--no-auto-maintenance",
  ];
  const run = await git({ folder, env: { ...env, ...FILES_ONLY }, args: [...args, "--", wish.bundle, ref] });
  return run.code === 0 ? ok(undefined) : gitFailed(WHAT, run);
}

/** Compare-and-set: somebody may have made the branch meanwhile. */
async function makeBranch(git: Git, target: Target): Promise<Result<void, Failure>> {
  const { folder, env, ref, wish } = target;
  const nothing = "0".repeat(wish.head.length);
  const args = ["update-ref", "-m", "codex-loop: fetched from a bundle", ref, wish.head, nothing];
  const run = await git({ folder, env, args });
  if (run.code === 0) return ok(undefined);
  const now = await git({ folder, env, args: ["rev-parse", "--verify", "--quiet", ref] });
  if (now.code !== 0) return gitFailed(WHAT, run);
  return now.stdout.toString("utf8").trim() === wish.head ? ok(undefined) : fail(otherCommits(wish.branch));
}

const WHAT = "The branch could not be taken out of the bundle.";

function otherHead({ bundle, branch, head }: Wish): Failure {
  return {
    code: "conflict",
    message: `${bundle} does not hold ${branch} at ${head}.`,
    cause: "The bundle is not the one that was judged.",
    hint: "Do this: run the attempt again.",
    retry: "never",
  };
}

function otherCommits(branch: string): Failure {
  return {
    code: "conflict",
    message: `The branch ${branch} is there already, with other commits.`,
    cause: "A branch that somebody else made or moved is never moved by us.",
    hint: `Do this: rename or delete it, then try again.`,
    retry: "never",
  };
}

function checkedOut(branch: string): Failure {
  return {
    code: "conflict",
    message: `A work tree of the repository is on the branch ${branch}.`,
    cause: "Its files would no longer be those of its branch.",
    hint: "Do this: switch that work tree to another branch, then try again.",
    retry: "never",
  };
}
