import { chmod, mkdir, open, readdir, stat } from "node:fs/promises";
import { dirname } from "node:path";

/**
 * Makes sure that `path` is a file only its owner can read, in a directory only its owner can enter. A directory that
 * is new or empty becomes 0700; one that already holds other things (a project, `/tmp`) keeps its mode.
 */
export async function makePrivate(path: string): Promise<void> {
  const directory = dirname(path);
  const created = await mkdir(directory, { recursive: true, mode: 0o700 });
  if (created === undefined && (await isOurs(directory)) && (await readdir(directory)).length === 0) {
    await chmod(directory, 0o700);
  }
  await (await open(path, "a", 0o600)).close();
  // SQLite gives its -wal and -shm files the mode of the database file.
  for (const file of [path, `${path}-wal`, `${path}-shm`]) await tighten(file);
}

async function isOurs(path: string): Promise<boolean> {
  return (await stat(path)).uid === process.getuid?.();
}

async function tighten(file: string): Promise<void> {
  try {
    if (((await stat(file)).mode & 0o077) !== 0) await chmod(file, 0o600);
  } catch (error) {
    // Another process may have closed the last connection just now, which removes -wal and -shm.
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
  }
}
