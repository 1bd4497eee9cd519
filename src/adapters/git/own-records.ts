import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { GitCall } from "./run-git.ts";

/**
 * Our own git folder of a clone, beside it. What an attempt runs can write the clone's `.git` and with it everything that
 * git would believe there; our commit is made from these records alone, with the clone as nothing but a heap of files.
 * So no wall may ever make this folder writable.
 */
export function ownRecords(clone: string): string {
  return `${clone}.git`;
}

/** The environment in which git works on `clone` by our own records. */
export function byOwnRecords(clone: string): Readonly<Record<string, string>> {
  return { GIT_DIR: ownRecords(clone), GIT_WORK_TREE: clone };
}

/** Where a call of git reads commits from their records alone: it sees no work tree, so no attributes of one either. */
export function inRecords(records: string): Required<Pick<GitCall, "folder" | "env">> {
  return { folder: records, env: { GIT_DIR: records, GIT_IMPLICIT_WORK_TREE: "0" } };
}

/** Which commit the clone was made at. */
export const BASE_REF = "refs/codex-loop/base";

/**
 * Stands above all attributes of a tree, so that files are committed and checked out byte for byte: an agent's own
 * `.gitattributes` could change what is committed, or keep git from committing at all. `-working-tree-encoding` is an
 * error to git.
 */
const ATTRIBUTES = "* -text !eol !crlf -ident !filter !working-tree-encoding\n";

/** Borrows the repository's objects by path: they are only read, and nothing of an attempt can reach them through us. */
export async function writeRecords(records: string, objects: string): Promise<void> {
  await mkdir(join(records, "info"), { recursive: true });
  await writeFile(join(records, "info", "exclude"), "");
  await writeFile(join(records, "info", "attributes"), ATTRIBUTES);
  await mkdir(join(records, "objects", "info"), { recursive: true });
  // Quoted, because a path may begin with `#` or hold a line break.
  await writeFile(join(records, "objects", "info", "alternates"), `${JSON.stringify(objects)}\n`);
}
