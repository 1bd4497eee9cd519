const LINE_BREAK = 10;

/** One line with its place; `bytes` is `null` when it is longer than the limit and was passed over. */
export interface ByteLine {
  readonly bytes: Uint8Array | null;
  /** Byte offset of the line in the file. */
  readonly offset: number;
  /** 1-based. */
  readonly line: number;
  /** False for a last line without a line break. */
  readonly ended: boolean;
}

/** Cuts chunks into lines, holding at most `limit` bytes of an unfinished one; `seen` gets every byte. */
export async function* splitBytes(
  chunks: AsyncIterable<Uint8Array>,
  limit: number,
  seen: (bytes: Uint8Array) => void,
): AsyncGenerator<ByteLine> {
  let [offset, line, carry] = [0, 0, new Carry(limit)];
  for await (const chunk of chunks) {
    seen(chunk);
    let start = 0;
    for (let end = chunk.indexOf(LINE_BREAK); end !== -1; end = chunk.indexOf(LINE_BREAK, start)) {
      carry.add(chunk.subarray(start, end));
      line += 1;
      yield { bytes: carry.bytes(), offset, line, ended: true };
      offset += carry.length + 1;
      carry = new Carry(limit);
      start = end + 1;
    }
    carry.add(chunk.subarray(start));
  }
  if (carry.length > 0) yield { bytes: carry.bytes(), offset, line: line + 1, ended: false };
}

class Carry {
  readonly #limit: number;
  #parts: Uint8Array[] = [];
  length = 0;

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** Copies: the caller may use its buffer again. */
  add(part: Uint8Array): void {
    this.length += part.length;
    if (this.length > this.#limit) this.#parts = [];
    else if (part.length > 0) this.#parts.push(Buffer.from(part));
  }

  bytes(): Uint8Array | null {
    return this.length > this.#limit ? null : Buffer.concat(this.#parts);
  }
}
