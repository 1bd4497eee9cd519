import { closeSync, createReadStream, fstatSync, openSync, readSync } from "node:fs";
import { createZstdDecompress } from "node:zlib";

const CHUNK_BYTES = 1024 * 1024;

/** The decompressed bytes of files, in chunks of about 1 MiB. A chunk is valid until the next one is asked for. */
export class ChunkReader {
  /** One buffer serves one file after the other; a second file read at the same time gets its own. */
  #spare: Buffer | null = null;

  /** The bytes of a file from `offset` on. */
  read(path: string, offset: number): AsyncGenerator<Uint8Array> {
    return path.endsWith(".zst") ? readCompressed(path, offset) : this.#readPlain(path, offset);
  }

  /** The bytes from `from` to before `to`, fewer when the file is shorter. */
  async range(path: string, from: number, to: number): Promise<Uint8Array> {
    if (!path.endsWith(".zst")) return readRange(path, from, to);
    const pieces: Uint8Array[] = [];
    let left = to - from;
    for await (const chunk of readCompressed(path, from)) {
      pieces.push(Buffer.from(chunk.subarray(0, left)));
      left -= chunk.length;
      if (left <= 0) break;
    }
    return Buffer.concat(pieces);
  }

  /**
   * Synchronous calls on purpose: a store is many thousands of small files, and a trip through the thread pool costs
   * several times the call. Callers let the event loop turn now and then.
   */
  async *#readPlain(path: string, offset: number): AsyncGenerator<Uint8Array> {
    const buffer = this.#spare ?? Buffer.allocUnsafe(CHUNK_BYTES);
    this.#spare = null;
    const file = openSync(path, "r");
    try {
      for (let at = offset, left = fstatSync(file).size - offset; left > 0;) {
        const count = readSync(file, buffer, 0, Math.min(buffer.length, left), at);
        if (count === 0) return;
        yield buffer.subarray(0, count);
        at += count;
        left -= count;
      }
    } finally {
      closeSync(file);
      this.#spare = buffer;
    }
  }
}

function readRange(path: string, from: number, to: number): Uint8Array {
  const buffer = Buffer.alloc(to - from);
  const file = openSync(path, "r");
  try {
    return buffer.subarray(0, readSync(file, buffer, 0, buffer.length, from));
  } finally {
    closeSync(file);
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
