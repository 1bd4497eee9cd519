import type { Result } from "../../kit/result.ts";
import type { Failure } from "../../model/failure.ts";
import { textOf } from "./git-failure.ts";
import { commitId } from "./names.ts";
import { inRecords, ownRecords } from "./own-records.ts";
import type { Git } from "./run-git.ts";

interface Range {
  readonly base: string;
  readonly head: string;
}

/** The unified diff between two commits of the clone, with renames; of binary files only the names. */
export async function diff(git: Git, folder: string, range: Range): Promise<Result<string, Failure>> {
  const base = commitId(range.base);
  if (!base.ok) return base;
  const head = commitId(range.head);
  if (!head.ok) return head;
  const flags = ["--patch", "-r", "--find-renames", "--no-ext-diff", "--no-textconv", "--no-color", "--no-commit-id"];
  const args = ["diff-tree", ...flags, "--src-prefix=a/", "--dst-prefix=b/", base.value, head.value, "--"];
  const run = await git({ ...inRecords(ownRecords(folder)), args });
  return textOf("The diff of the attempt cannot be read.", run);
}
