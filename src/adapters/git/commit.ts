import { ok, type Result } from "../../kit/result.ts";
import type { Failure } from "../../model/failure.ts";
import type { Commit, CommitWish } from "../../ports/workspace.ts";
import { changedFiles } from "./changed-files.ts";
import { fileWorkFailed, gitFailed, textOf } from "./git-failure.ts";
import { branchRef } from "./names.ts";
import { BASE_REF, byOwnRecords, inRecords, ownRecords } from "./own-records.ts";
import type { Git } from "./run-git.ts";
import { stageAll } from "./stage-all.ts";

/**
 * Commits the work tree on `wish.branch`, which begins at the base of the clone. A second commit goes on top of the
 * first one. `null`: nothing changed since the last one; `files` are those of this commit against its parent.
 */
export async function commit(git: Git, folder: string, wish: CommitWish): Promise<Result<Commit | null, Failure>> {
  const ref = branchRef(wish.branch);
  if (!ref.ok) return ref;
  try {
    return await commitOn(git, { folder, ref: ref.value, message: messageOf(wish) });
  } catch (error) {
    return fileWorkFailed(WHAT, error);
  }
}

interface Place {
  readonly folder: string;
  readonly ref: string;
  readonly message: string;
}

const WHAT = "The attempt's changes could not be committed.";

async function commitOn(git: Git, { folder, ref, message }: Place): Promise<Result<Commit | null, Failure>> {
  const parent = await parentOf(git, folder, ref);
  if (!parent.ok) return parent;
  const tree = await stageAll(git, { folder, parent: parent.value });
  if (!tree.ok) return tree;
  if (tree.value === null) return ok(null);
  const head = await writeCommit(git, folder, { tree: tree.value, parent: parent.value, message });
  if (!head.ok) return head;
  const moved = await git({ folder, args: ["update-ref", ref, head.value], env: byOwnRecords(folder) });
  if (moved.code !== 0) return gitFailed(WHAT, moved);
  const files = await changedFiles(git, inRecords(ownRecords(folder)), { base: parent.value, head: head.value });
  return files.ok ? ok({ head: head.value, files: files.value }) : files;
}

/** The branch's head where we committed already, else the base. */
async function parentOf(git: Git, folder: string, ref: string): Promise<Result<string, Failure>> {
  const env = byOwnRecords(folder);
  for (const name of [ref, BASE_REF]) {
    const run = await git({ folder, args: ["rev-parse", "--verify", "--quiet", `${name}^{commit}`], env });
    if (run.code === 0) return ok(run.stdout.toString("utf8").trim());
    if (name === BASE_REF) return gitFailed(WHAT, run);
  }
  throw new Error("unreachable: the base is the last name");
}

async function writeCommit(
  git: Git,
  folder: string,
  { tree, parent, message }: { readonly tree: string; readonly parent: string; readonly message: string },
): Promise<Result<string, Failure>> {
  const args = ["commit-tree", tree, "-p", parent];
  const run = await git({ folder, args, env: { ...byOwnRecords(folder), ...IDENTITY }, input: message });
  const id = textOf(WHAT, run);
  return id.ok ? ok(id.value.trim()) : id;
}

const NAME = "Codex Loop";
const EMAIL = "codex-loop@localhost";
const IDENTITY = {
  GIT_AUTHOR_NAME: NAME,
  GIT_AUTHOR_EMAIL: EMAIL,
  GIT_COMMITTER_NAME: NAME,
  GIT_COMMITTER_EMAIL: EMAIL,
} as const;

/** Subject, empty line, trailers. Each on one line: a line break in a title must not become a trailer of its own. */
function messageOf({ subject, trailers }: CommitWish): string {
  const lines = trailers.map(([key, value]) => `${key}: ${oneLine(value)}`);
  return [oneLine(subject), ...(lines.length === 0 ? [] : ["", ...lines]), ""].join("\n");
}

function oneLine(text: string): string {
  return text.replaceAll(/[\s\p{Cc}]+/gu, " ").trim();
}
