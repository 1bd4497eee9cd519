import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { createZstdDecompress } from "node:zlib";

const CHUNK_BYTES = 1024 * 1024;

/** The decompressed bytes of a file from `offset` on, in chunks of about 1 MiB. A chunk's buffer is used again. */
export function readChunks(path: string, offset: number): AsyncGenerator<Uint8Array> {
  return path.endsWith(".zst") ? readCompressed(path, offset) : readPlain(path, offset);
}

async function* readPlain(path: string, offset: number): AsyncGenerator<Uint8Array> {
  const handle = await open(path, "r");
  try {
    const { size } = await handle.stat();
    const buffer = Buffer.allocUnsafe(Math.max(1, Math.min(CHUNK_BYTES, size - offset)));
    for (let at = offset; ;) {
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, at);
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
      at += bytesRead;
    }
  } finally {
    await handle.close();
  }
}

/** Compressed files cannot be entered in the middle: what was read before is decompressed again and passed over. */
async function* readCompressed(path: string, offset: number): AsyncGenerator<Uint8Array> {
  const source = createReadStream(path);
  const decompress = createZstdDecompress();
  source.on("error", (error) => decompress.destroy(error));
  let skip = offset;
  try {
    for await (const piece of source.pipe(decompress)) {
      const chunk = piece as Uint8Array; // a stream without an encoding yields bytes
      if (chunk.length > skip) yield chunk.subarray(skip);
      skip = Math.max(0, skip - chunk.length);
    }
  } finally {
    source.destroy();
    decompress.destroy();
  }
}
