import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { sha256 as sha256Of } from "../../kit/hash.ts";
import { randomHex } from "../../kit/random.ts";
import type { Files } from "../../ports/files.ts";

/** Files of one folder by their hash, two levels deep, readable by their owner only and written by nobody again. */
export function diskFiles(folder: string): Files {
  const pathOf = (sha256: string): string => join(folder, sha256.slice(0, 2), sha256);
  return {
    pathOf,
    put: async (bytes) => {
      const sha256 = sha256Of(bytes);
      await keep(pathOf(sha256), bytes);
      return { sha256, bytes: bytes.length };
    },
    get: (sha256) => readFile(pathOf(sha256)).catch(nullWhenMissing),
    remove: (sha256) => rm(pathOf(sha256), { force: true }),
  };
}

/** Complete before it has its name: a process that dies in between leaves a file that nobody takes for another. */
async function keep(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomHex(8)}`;
  await writeFile(draft, bytes, { mode: 0o400, flush: true });
  await rename(draft, path);
}

function nullWhenMissing(error: unknown): null {
  if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
  throw error;
}
