import { fail, ok, type Result } from "../../kit/result.ts";
import type { Failure } from "../../model/failure.ts";
import { locate } from "./locate.ts";
import { branchRef } from "./names.ts";
import { inRecords } from "./own-records.ts";
import type { Git, GitCall } from "./run-git.ts";

/** The full commit id of a revision. */
export async function resolve(git: Git, path: string, revision: string): Promise<Result<string, Failure>> {
  const located = await locate(git, path);
  if (!located.ok) return located;
  const found = await commitAt(git, inRecords(located.value.records), revision);
  return found === null ? fail(noRevision(located.value.folder, revision)) : ok(found);
}

/** The commit a branch points at; `null` when there is no such branch. */
export async function branchHead(git: Git, path: string, branch: string): Promise<Result<string | null, Failure>> {
  const ref = branchRef(branch);
  if (!ref.ok) return ref;
  const located = await locate(git, path);
  if (!located.ok) return located;
  return ok(await commitAt(git, inRecords(located.value.records), ref.value));
}

async function commitAt(git: Git, where: Pick<GitCall, "folder" | "env">, revision: string): Promise<string | null> {
  if (revision.startsWith("-") || revision.includes("\0")) return null;
  const run = await git({ ...where, args: ["rev-parse", "--verify", "--quiet", `${revision}^{commit}`] });
  return run.code === 0 ? run.stdout.toString("utf8").trim() : null;
}

function noRevision(folder: string, revision: string): Failure {
  return {
    code: "not_found",
    message: `${folder} has no commit ${JSON.stringify(revision)}.`,
    cause: "No branch, tag or commit of this name is there.",
    hint: "Do this: name a branch, a tag or a commit of this repository.",
    retry: "never",
  };
}
