import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

/**
 * Writes text to a file of mode 0600 that takes its name when it is whole: whatever stops the writing leaves at most a
 * `.part`, which the next try replaces.
 */
export async function writeWhole(path: string, chunks: AsyncIterable<string>): Promise<void> {
  const part = `${path}.part`;
  await rm(part, { force: true });
  await pipeline(Readable.from(chunks), createWriteStream(part, { mode: 0o600, flags: "wx" }));
  await rename(part, path);
}
