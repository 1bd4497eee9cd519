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

export interface Receiving {
  readonly folder: string;
  /** Bytes. */
  readonly limit: number;
  /** Milliseconds that may go by without a byte. */
  readonly idleMs: number;
}

/** Streams a body to a file of its own below `folder`, at most `limit` bytes. Throws when it stays away for too long. */
export async function receiveFile(
  body: ReadableStream<Uint8Array> | null,
  { folder, limit, idleMs }: Receiving,
): Promise<Received> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `arriving-${randomHex(8)}`);
  const dispose = (): Promise<void> => rm(path, { force: true });
  try {
    const bytes = body === null ? [] : bounded(body.getReader(), { limit, idleMs });
    await pipeline(bytes, createWriteStream(path, { mode: 0o600 }));
    return { path, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    if (error instanceof TooLarge) return { path: null, [Symbol.asyncDispose]: dispose };
    throw error;
  }
}

async function* bounded(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  { limit, idleMs }: Pick<Receiving, "limit" | "idleMs">,
): AsyncGenerator<Uint8Array> {
  let bytes = 0;
  try {
    for (;;) {
      const { value } = await within(idleMs, reader.read());
      if (value === undefined) return;
      bytes += value.length;
      if (bytes > limit) throw new TooLarge();
      yield value;
    }
  } finally {
    // Whoever sends on is not listened to, and not waited for.
    void reader.cancel().catch(() => {});
  }
}

async function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error(`nothing came for ${ms} ms`)), ms);
  return Promise.race([promise, late.promise]).finally(() => clearTimeout(timer));
}
