import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { sha256 } from "../../kit/hash.ts";
import { randomHex } from "../../kit/random.ts";
import type { Files } from "../../ports/files.ts";

/**
 * Files below `folder` by their hash, readable by their owner alone. A file has its name only when it is whole and on the
 * disk, so whoever finds one may believe it.
 */
export function diskFiles(folder: string): Files {
  const pathOf = (hash: string): string => join(folder, hash.slice(0, 2), hash);
  return {
    pathOf,
    put: async (bytes) => {
      const hash = sha256(bytes);
      await writeWhole(pathOf(hash), bytes);
      return { sha256: hash, bytes: bytes.length };
    },
    get: async (hash) => {
      const bytes = await readFile(pathOf(hash)).catch(nullWhenMissing);
      // A damaged file is not what was kept under this hash.
      return bytes === null || sha256(bytes) !== hash ? null : bytes;
    },
    remove: (hash) => rm(pathOf(hash), { force: true }),
  };
}

async function writeWhole(path: string, bytes: Uint8Array): Promise<void> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomHex(6)}`;
  try {
    await writeSynced(draft, bytes);
    await rename(draft, path);
    await syncFolder(folder);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

async function writeSynced(path: string, bytes: Uint8Array): Promise<void> {
  await using file = await open(path, "wx", 0o600);
  await file.writeFile(bytes);
  await file.sync();
}

/** The new name itself is on the disk only then. */
async function syncFolder(folder: string): Promise<void> {
  await using handle = await open(folder, "r");
  await handle.sync();
}

function nullWhenMissing(error: NodeJS.ErrnoException): null {
  if (error.code === "ENOENT") return null;
  throw error;
}
