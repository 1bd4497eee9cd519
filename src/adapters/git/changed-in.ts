import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fail, type Result } from "../../kit/result.ts";
import type { Failure } from "../../model/failure.ts";
import type { ChangedFile } from "../../model/verdict.ts";
import type { Repository } from "../../ports/repository.ts";
import { changedFiles } from "./changed-files.ts";
import { added } from "./diff.ts";
import { fileWorkFailed, gitFailed, textOf } from "./git-failure.ts";
import { locate } from "./locate.ts";
import { branchRef, commitId } from "./names.ts";
import { BASE_REF, inRecords, writeRecords } from "./own-records.ts";
import type { Git } from "./run-git.ts";
import { FILES_ONLY } from "./tamed.ts";

type Wish = Parameters<Repository["changedIn"]>[1];

const WHAT = "The change in the bundle cannot be read.";
const JUDGED_REF = "refs/codex-loop/judged";

/** What the branch of a bundle changes. */
export function changedIn(git: Git, path: string, wish: Wish): Promise<Result<readonly ChangedFile[], Failure>> {
  return inBundle(git, { path, wish }, (records) => changedFiles(git, inRecords(records), wish));
}

/** The same as a diff with every byte that it adds. */
export function addedIn(git: Git, path: string, wish: Wish): Promise<Result<string, Failure>> {
  return inBundle(git, { path, wish }, (records) => added(git, records, wish));
}

/** Reads a bundle in records of our own that borrow the repository's objects, and are gone afterwards. */
async function inBundle<T>(
  git: Git,
  { path, wish }: { readonly path: string; readonly wish: Wish },
  look: (records: string) => Promise<Result<T, Failure>>,
): Promise<Result<T, Failure>> {
  const names = [branchRef(wish.branch), commitId(wish.base), commitId(wish.head)];
  const wrong = names.find((name) => !name.ok);
  if (wrong !== undefined && !wrong.ok) return wrong;
  const located = await locate(git, path);
  if (!located.ok) return located;
  const folder = await mkdtemp(join(tmpdir(), "codex-loop-judge-"));
  try {
    const filled = await fill(git, { from: located.value.records, records: join(folder, "records.git"), wish });
    return filled.ok ? await look(filled.value) : filled;
  } catch (error) {
    return fileWorkFailed(WHAT, error);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface Filling {
  readonly from: string;
  readonly records: string;
  readonly wish: Wish;
}

async function fill(git: Git, { from, records, wish }: Filling): Promise<Result<string, Failure>> {
  const source = inRecords(from);
  const asked = ["rev-parse", "--path-format=absolute", "--git-path", "objects"];
  const objects = textOf(WHAT, await git({ ...source, args: asked }));
  if (!objects.ok) return objects;
  const format = textOf(WHAT, await git({ ...source, args: ["rev-parse", "--show-object-format"] }));
  if (!format.ok) return format;
  const init = ["init", "--quiet", "--bare", "--template=", `--object-format=${format.value.trim()}`, "--", records];
  const made = await git({ folder: "/", args: init });
  if (made.code !== 0) return gitFailed(WHAT, made);
  await writeRecords(records, objects.value.replace(/\n$/, ""));
  return await take(git, records, wish);
}

/** The base is named, so that what the bundle builds on is known to be there; the branch has to end at the very head. */
async function take(git: Git, records: string, wish: Wish): Promise<Result<string, Failure>> {
  const where = inRecords(records);
  const based = await git({ ...where, args: ["update-ref", BASE_REF, wish.base] });
  if (based.code !== 0) return gitFailed(WHAT, based);
  const fetch = ["-c", "transfer.fsckObjects=true", "fetch", "--quiet", "--no-tags", "--no-write-fetch-head"];
  const args = [...fetch, "--", wish.bundle, `refs/heads/${wish.branch}:${JUDGED_REF}`];
  const fetched = await git({ folder: records, env: { ...where.env, ...FILES_ONLY }, args });
  if (fetched.code !== 0) return gitFailed(WHAT, fetched);
  const head = textOf(WHAT, await git({ ...where, args: ["rev-parse", "--verify", JUDGED_REF] }));
  if (!head.ok) return head;
  return head.value.trim() === wish.head ? { ok: true, value: records } : fail(otherHead(wish));
}

function otherHead({ branch, head }: Wish): Failure {
  return {
    code: "conflict",
    message: `The bundle does not hold ${branch} at ${head}.`,
    cause: "It is not the bundle of this change.",
    hint: "Do this: run the attempt again.",
    retry: "never",
  };
}
