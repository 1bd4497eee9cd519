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
export function diff(git: Git, folder: string, range: Range): Promise<Result<string, Failure>> {
  return unified(git, ownRecords(folder), { ...range, flags: [] });
}

/**
 * What a change adds, for whoever looks for secrets in it: one NUL makes a file binary to git, which then shows nothing
 * of it. What stands in a removed file is left out.
 */
export function added(git: Git, records: string, range: Range): Promise<Result<string, Failure>> {
  const flags = ["--text", "--unified=0", "--irreversible-delete"];
  return unified(git, records, { ...range, flags });
}

async function unified(
  git: Git,
  records: string,
  { flags, ...range }: Range & { readonly flags: readonly string[] },
): Promise<Result<string, Failure>> {
  const base = commitId(range.base);
  if (!base.ok) return base;
  const head = commitId(range.head);
  if (!head.ok) return head;
  const always = ["--patch", "-r", "--find-renames", "--no-ext-diff", "--no-textconv", "--no-color", "--no-commit-id"];
  const prefixes = ["--src-prefix=a/", "--dst-prefix=b/"];
  const args = ["diff-tree", ...always, ...flags, ...prefixes, base.value, head.value, "--"];
  return textOf("The diff of the attempt cannot be read.", await git({ ...inRecords(records), args }));
}
