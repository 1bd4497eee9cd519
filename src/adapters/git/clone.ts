import { copyFile, lstat, mkdir, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fail, ok, type Result } from "../../kit/result.ts";
import type { Failure } from "../../model/failure.ts";
import type { Workspace } from "../../ports/workspace.ts";
import { cloneSource, type CloneSource } from "./clone-source.ts";
import { fileWorkFailed, gitFailed } from "./git-failure.ts";
import { commitId } from "./names.ts";
import { BASE_REF, byOwnRecords, ownRecords, writeRecords } from "./own-records.ts";
import type { Git } from "./run-git.ts";
import { FILES_ONLY } from "./tamed.ts";

type Wish = Parameters<Workspace["clone"]>[0];

/**
 * A clone with the history of `base` and nothing else: no other branch, no remote, no object shared with the repository.
 * What a failed clone left is removed.
 */
export async function clone(git: Git, wish: Wish): Promise<Result<void, Failure>> {
  const base = commitId(wish.base);
  if (!base.ok) return base;
  if (await isThere(wish.folder)) return fail(folderTaken(wish.folder));
  const made = await makeClone(git, wish);
  if (!made.ok) await removeClone(wish.folder);
  return made;
}

async function makeClone(git: Git, wish: Wish): Promise<Result<void, Failure>> {
  const what = `A private clone of ${wish.repository} could not be made.`;
  const source = await cloneSource(git, wish);
  if (!source.ok) return source;
  try {
    await mkdir(dirname(wish.folder), { recursive: true });
    const steps = [
      () => copyHistory(git, wish, source.value),
      () => keepRecords(git, wish, source.value),
      () => checkOut(git, wish),
    ];
    for (const step of steps) {
      const done = await step();
      if (!done.ok) return done;
    }
    return ok(undefined);
  } catch (error) {
    return fileWorkFailed(what, error);
  }
}

/** Both folders of a clone; the clone alone would leave our records. */
export async function removeClone(folder: string): Promise<void> {
  for (const path of [folder, ownRecords(folder)]) await rm(path, { recursive: true, force: true });
}

/** The other side's git needs the same permission to read another account's repository, and is asked for any commit. */
const UPLOAD_PACK =
  "git -c safe.directory=* -c uploadpack.allowAnySHA1InWant=true -c core.hooksPath=/dev/null upload-pack";

async function copyHistory(git: Git, wish: Wish, source: CloneSource): Promise<Result<void, Failure>> {
  const what = `The history of ${wish.repository} could not be copied.`;
  const { folder, base } = wish;
  const init = [
    "init",
    "--quiet",
    "--template=",
    `--object-format=${source.format}`,
    "--initial-branch=main",
    "--",
    folder,
  ];
  const made = await git({ folder: "/", args: init });
  if (made.code !== 0) return gitFailed(what, made);
  const args = [
    "fetch",
    "--quiet",
    "--no-tags",
    "--no-write-fetch-head",
    "--update-shallow",
    "--upload-pack",
    UPLOAD_PACK,
  ];
  const wanted = [`${base}:${BASE_REF}`, ...source.tags.map((tag) => `${tag}:${tag}`)].join("\n");
  const fetched = await git({
    folder,
    args: [...args, "--stdin", "--", wish.repository],
    input: `${wanted}\n`,
    env: FILES_ONLY,
  });
  if (fetched.code !== 0) return gitFailed(what, fetched);
  await writeFile(join(folder, ".git", "HEAD"), `${base}\n`);
  return ok(undefined);
}

async function keepRecords(git: Git, wish: Wish, source: CloneSource): Promise<Result<void, Failure>> {
  const records = ownRecords(wish.folder);
  const what = `The records of the clone ${wish.folder} could not be made.`;
  const init = ["init", "--quiet", "--bare", "--template=", `--object-format=${source.format}`, "--", records];
  const made = await git({ folder: "/", args: init });
  if (made.code !== 0) return gitFailed(what, made);
  await writeRecords(records, source.objects);
  // Where the clone's history is cut, that of our records is cut too: their objects are the same.
  await copyFile(join(wish.folder, ".git", "shallow"), join(records, "shallow")).catch(ignoreMissing);
  const kept = await git({ folder: records, args: ["update-ref", BASE_REF, wish.base], env: { GIT_DIR: records } });
  return kept.code === 0 ? ok(undefined) : gitFailed(what, kept);
}

/** Checked out by our records, so that they know every file's state; the clone gets a copy of that knowledge. */
async function checkOut(git: Git, { folder, base }: Wish): Promise<Result<void, Failure>> {
  const args = ["read-tree", "--reset", "-u", "--no-recurse-submodules", base];
  const done = await git({ folder, args, env: byOwnRecords(folder) });
  if (done.code !== 0) return gitFailed(`The files of ${base} could not be written.`, done);
  await copyFile(join(ownRecords(folder), "index"), join(folder, ".git", "index"));
  return ok(undefined);
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== "ENOENT") throw error;
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

function folderTaken(folder: string): Failure {
  return {
    code: "conflict",
    message: `${folder} is there already.`,
    cause: "A private clone is made in a folder of its own.",
    hint: "Do this: remove what an earlier attempt left.",
    retry: "never",
  };
}
