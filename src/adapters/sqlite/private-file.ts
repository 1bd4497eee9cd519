import { chmod, mkdir, open, readdir, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { FailureError } from "../../model/failure.ts";

/**
 * Makes sure that `path` is a file only its owner can read, in a directory only its owner can enter. A directory that
 * is new or empty becomes 0700; one that already holds other things (a project, `/tmp`) keeps its mode. Throws
 * `FailureError` with `store_unreadable` where a folder or a device stands, and touches it not.
 */
export async function makePrivate(path: string): Promise<void> {
  await refuseOther(path);
  const directory = dirname(path);
  const isNew = await makeFolders(directory);
  if (!isNew && (await isOurs(directory)) && (await readdir(directory)).length === 0) {
    await chmod(directory, 0o700);
  }
  await (await open(path, "a", 0o600)).close();
  // SQLite gives its -wal and -shm files the mode of the database file.
  for (const file of [path, `${path}-wal`, `${path}-shm`]) await tighten(file);
}

/** Throws `FailureError` with `store_unreadable` where something stands that is no file. */
export async function refuseOther(path: string): Promise<void> {
  const stats = await stat(path).catch(() => null);
  if (stats === null || stats.isFile()) return;
  throw new FailureError({
    code: "store_unreadable",
    message: `The store cannot be at ${path}: ${stats.isDirectory() ? "that is a folder" : "that is no plain file"}.`,
    cause: "A store is one file.",
    hint: `Do this: name a file${stats.isDirectory() ? ` in it, such as ${join(path, "store.db")}` : ""} with --store.`,
    retry: "never",
  });
}

/**
 * Makes the folders that are missing, one by one: Node's own recursive `mkdir` never returns where a folder is there but
 * nothing can be made in it, as below `/proc`. Returns whether the last one is new.
 */
async function makeFolders(directory: string): Promise<boolean> {
  try {
    await mkdir(directory, { mode: 0o700 });
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    if (codeOf(error) !== "ENOENT" || (await isThere(dirname(directory)))) throw error;
  }
  await makeFolders(dirname(directory));
  return makeFolders(directory);
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch {
    return false;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && "code" in error ? error.code : null;
}

async function isOurs(path: string): Promise<boolean> {
  return (await stat(path)).uid === process.getuid?.();
}

async function tighten(file: string): Promise<void> {
  try {
    if (((await stat(file)).mode & 0o077) !== 0) await chmod(file, 0o600);
  } catch (error) {
    // Another process may have closed the last connection just now, which removes -wal and -shm.
    if (codeOf(error) !== "ENOENT") throw error;
  }
}
