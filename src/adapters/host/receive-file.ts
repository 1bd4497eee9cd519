import { createWriteStream } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { randomHex } from "../../kit/random.ts";

/** Bytes that arrived; disposing removes them. */
export interface Received extends AsyncDisposable {
  /** `null`: there were more than may come. */
  readonly path: string | null;
}

class TooLarge extends Error {}

/** Streams a body to a file of its own below `folder`, at most `limit` bytes. */
export async function receiveFile(
  body: ReadableStream<Uint8Array> | null,
  { folder, limit }: { readonly folder: string; readonly limit: number },
): Promise<Received> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `arriving-${randomHex(8)}`);
  const dispose = (): Promise<void> => rm(path, { force: true });
  try {
    await pipeline(bounded(body ?? new ReadableStream(), limit), createWriteStream(path, { mode: 0o600 }));
    return { path, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    if (error instanceof TooLarge) return { path: null, [Symbol.asyncDispose]: dispose };
    throw error;
  }
}

async function* bounded(body: ReadableStream<Uint8Array>, limit: number): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > limit) throw new TooLarge();
    yield chunk;
  }
}
