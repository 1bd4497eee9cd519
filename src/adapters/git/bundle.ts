import { ok, type Result } from "../../kit/result.ts";
import type { Failure } from "../../model/failure.ts";
import type { Workspace } from "../../ports/workspace.ts";
import { gitFailed } from "./git-failure.ts";
import { branchRef, commitId } from "./names.ts";
import { inRecords, ownRecords } from "./own-records.ts";
import type { Git } from "./run-git.ts";

type Wish = Parameters<Workspace["bundle"]>[1];

/** Writes the commits of `wish.branch` that `wish.base` does not have. */
export async function bundle(git: Git, folder: string, wish: Wish): Promise<Result<void, Failure>> {
  const ref = branchRef(wish.branch);
  if (!ref.ok) return ref;
  const base = commitId(wish.base);
  if (!base.ok) return base;
  const args = ["bundle", "create", "--quiet", wish.file, ref.value, `^${base.value}`];
  const run = await git({ ...inRecords(ownRecords(folder)), args });
  return run.code === 0 ? ok(undefined) : gitFailed(`The bundle of ${wish.branch} could not be written.`, run);
}
