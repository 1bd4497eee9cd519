import { ok, type Result } from "../../kit/result.ts";
import type { Failure } from "../../model/failure.ts";
import type { ChangedFile } from "../../model/verdict.ts";
import { changedFiles } from "./changed-files.ts";
import { textOf } from "./git-failure.ts";
import { locate, type Located } from "./locate.ts";
import { commitId } from "./names.ts";
import { inRecords } from "./own-records.ts";
import type { Git } from "./run-git.ts";

/** A regular file's text at a commit; `null` where none is there: a link is a name for something else, not a file. */
export async function fileAt(
  git: Git,
  path: string,
  at: { readonly commit: string; readonly file: string },
): Promise<Result<string | null, Failure>> {
  const located = await locateAt(git, path, [at.commit]);
  if (!located.ok) return located;
  const what = `${at.file} cannot be read at ${at.commit}.`;
  const call = inRecords(located.value.records);
  const args = ["ls-tree", "-z", "--full-tree", at.commit, "--", at.file];
  const entry = textOf(what, await git({ ...call, args }));
  if (!entry.ok) return entry;
  const id = /^100[0-7]{3} blob ([0-9a-f]+)\t/.exec(entry.value)?.[1];
  return id === undefined ? ok(null) : textOf(what, await git({ ...call, args: ["cat-file", "blob", id] }));
}

/** Every path of the tree at a commit. */
export async function filesAt(git: Git, path: string, commit: string): Promise<Result<readonly string[], Failure>> {
  const located = await locateAt(git, path, [commit]);
  if (!located.ok) return located;
  const args = ["ls-tree", "-r", "-z", "--name-only", "--full-tree", commit];
  const run = await git({ ...inRecords(located.value.records), args });
  const text = textOf(`The files at ${commit} cannot be listed.`, run);
  return text.ok ? ok(text.value.split("\0").filter((file) => file !== "")) : text;
}

/** What changed between two commits. */
export async function changed(
  git: Git,
  path: string,
  { base, head }: { readonly base: string; readonly head: string },
): Promise<Result<readonly ChangedFile[], Failure>> {
  const located = await locateAt(git, path, [base, head]);
  if (!located.ok) return located;
  return changedFiles(git, inRecords(located.value.records), { base, head });
}

async function locateAt(git: Git, path: string, commits: readonly string[]): Promise<Result<Located, Failure>> {
  const wrong = commits.map(commitId).find((id) => !id.ok);
  return wrong !== undefined && !wrong.ok ? wrong : locate(git, path);
}
