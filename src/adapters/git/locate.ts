import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import { fail, ok, type Result } from "../../kit/result.ts";
import type { Failure } from "../../model/failure.ts";
import { gitFailed } from "./git-failure.ts";
import type { Git } from "./run-git.ts";

/** A repository of a person: where it stands, and where its own records are (elsewhere for a linked work tree). */
export interface Located {
  readonly folder: string;
  readonly records: string;
}

/** Finds the repository that `path` lies in. */
export async function locate(git: Git, path: string): Promise<Result<Located, Failure>> {
  const folder = resolve(path);
  if (!(await isFolder(folder))) return fail(noFolder(folder));
  const bare = await git({ folder, args: ["rev-parse", "--is-bare-repository"] });
  if (bare.code !== 0)
    return /not a git repository/i.test(bare.said)
      ? fail(noRepository(folder))
      : gitFailed(`${folder} cannot be read.`, bare);
  if (bare.stdout.toString("utf8").trim() === "true") return fail(bareRepository(folder));
  return topLevelOf(git, folder);
}

async function topLevelOf(git: Git, folder: string): Promise<Result<Located, Failure>> {
  // One call for each: a path may hold line breaks.
  const top = await git({ folder, args: ["rev-parse", "--show-toplevel"] });
  if (top.code !== 0) return fail(noRepository(folder));
  const records = await git({ folder, args: ["rev-parse", "--absolute-git-dir"] });
  if (records.code !== 0) return gitFailed(`${folder} cannot be read.`, records);
  return ok({ folder: line(top.stdout), records: line(records.stdout) });
}

function line(bytes: Buffer): string {
  return bytes.toString("utf8").replace(/\n$/, "");
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

function noFolder(folder: string): Failure {
  return {
    code: "not_found",
    message: `There is no folder ${folder}.`,
    cause: "It is not there, is a file, or may not be entered.",
    hint: "Do this: name the folder of a git repository.",
    retry: "never",
  };
}

function noRepository(folder: string): Failure {
  return {
    code: "usage",
    message: `${folder} is not the work tree of a git repository.`,
    cause: "Attempts start from a commit and end in one.",
    hint: "Do this: name the folder of a git repository, or run `git init` and commit.",
    retry: "never",
  };
}

function bareRepository(folder: string): Failure {
  return {
    code: "usage",
    message: `${folder} is a bare git repository.`,
    cause: "A bare repository has no checked-out branch to work for.",
    hint: "Do this: name a clone of it.",
    retry: "never",
  };
}
