import type { RawLine } from "../../formats/record.ts";
import type { LineBatch, PlacedLine, ReadFrom } from "../../ports/recordings.ts";

/** Lines up to this many bytes arrive whole; longer ones as their first and last bytes. */
export const WHOLE_LINE_BYTES: number = 256 * 1024;
export const HEAD_BYTES: number = 64 * 1024;
export const TAIL_BYTES: number = 16 * 1024;
const LINE_BREAK = 10;
const CLOSING_BRACE = 125;

/**
 * Cuts a stream of chunks into lines. What of a line reached over a chunk's end is carried in `Carry`: up to
 * `WHOLE_LINE_BYTES` whole, from there on only head and tail, so a line of any length costs bounded memory.
 */
export class LineSplitter {
  #offset: number;
  #line: number;
  #carry: Carry = new Carry();
  /** Bytes that may stand before the first line where reading goes on; a last line read without its break may get it first. */
  #awaits: "byte before" | "late break" | "line";

  /** Takes the bytes from one before `from` on: that byte tells whether the line before had its break. */
  constructor(from: ReadFrom) {
    this.#offset = from.offset;
    this.#line = from.lines;
    this.#awaits = from.offset > 0 ? "byte before" : "line";
  }

  /** The whole lines that end in this chunk. Views into `chunk` and the carry: valid until the next call. */
  push(chunk: Uint8Array): LineBatch {
    const lines: PlacedLine[] = [];
    let start = this.#skipToLine(chunk);
    for (let end = chunk.indexOf(LINE_BREAK, start); end !== -1; end = chunk.indexOf(LINE_BREAK, start)) {
      this.#take(lines, chunk.subarray(start, end));
      this.#offset += 1;
      start = end + 1;
    }
    if (start < chunk.length) this.#carry.add(chunk.subarray(start));
    return this.#batch(lines);
  }

  /** The last line when it has no line break but is whole JSON; else it waits for the next read. */
  finish(): LineBatch {
    const lines: PlacedLine[] = [];
    if (this.#carry.length > 0 && this.#carry.isWholeJson()) this.#take(lines, new Uint8Array());
    return this.#batch(lines);
  }

  /** Where in the chunk the lines begin. */
  #skipToLine(chunk: Uint8Array): number {
    let start = 0;
    if (this.#awaits === "byte before" && start < chunk.length) {
      this.#awaits = chunk[start] === LINE_BREAK ? "line" : "late break";
      start += 1;
    }
    if (this.#awaits === "late break" && start < chunk.length) {
      this.#awaits = "line";
      if (chunk[start] !== LINE_BREAK) return start;
      this.#offset += 1;
      start += 1;
    }
    return start;
  }

  #take(lines: PlacedLine[], rest: Uint8Array): void {
    const parts = this.#carry.finish(rest);
    const mark = this.#offset === 0 ? byteOrderMark(parts.head) : 0;
    this.#line += 1;
    if (parts.length > mark) lines.push({ ...withoutMark(parts, mark), offset: this.#offset + mark, line: this.#line });
    this.#offset += parts.length;
  }

  #batch(lines: readonly PlacedLine[]): LineBatch {
    return { lines, nextOffset: this.#offset, nextLine: this.#line };
  }
}

/** The part of a line that came with earlier chunks. */
class Carry {
  #pieces: Uint8Array[] = [];
  /** The last bytes, kept once the line has outgrown `WHOLE_LINE_BYTES`. */
  #tail: Uint8Array | null = null;
  length = 0;

  add(piece: Uint8Array): void {
    this.length += piece.length;
    if (this.#tail === null && this.length <= WHOLE_LINE_BYTES) this.#pieces.push(Buffer.from(piece));
    else this.#grow(piece);
  }

  /** The line that ends with `rest`; leaves the carry empty. */
  finish(rest: Uint8Array): RawLine {
    if (this.length === 0) return cutLine(rest);
    if (rest.length > 0) this.add(rest);
    const length = this.length;
    const head = concat(this.#pieces);
    const tail = this.#tail;
    this.#pieces = [];
    this.#tail = null;
    this.length = 0;
    return { head, tail, length };
  }

  /** Only an object is known to be whole: `12` may be the start of `123`. */
  isWholeJson(): boolean {
    if (this.#tail !== null || this.#pieces.at(-1)?.at(-1) !== CLOSING_BRACE) return false;
    try {
      JSON.parse(new TextDecoder().decode(concat(this.#pieces)));
      return true;
    } catch {
      return false;
    }
  }

  #grow(piece: Uint8Array): void {
    if (this.#tail === null) {
      const whole = concat(this.#pieces);
      this.#pieces = [concat([whole, piece.subarray(0, HEAD_BYTES)]).subarray(0, HEAD_BYTES)];
      this.#tail = whole.subarray(-TAIL_BYTES);
    }
    this.#tail = concat([this.#tail, piece.subarray(-TAIL_BYTES)]).subarray(-TAIL_BYTES);
  }
}

/** Bytes of the UTF-8 byte order mark that some editors put before the first line; it is no part of it. */
export function byteOrderMark(bytes: Uint8Array, at = 0): number {
  return bytes[at] === 0xef && bytes[at + 1] === 0xbb && bytes[at + 2] === 0xbf ? 3 : 0;
}

function withoutMark(line: RawLine, mark: number): RawLine {
  return mark === 0 ? line : { ...line, head: line.head.subarray(mark), length: line.length - mark };
}

function cutLine(line: Uint8Array): RawLine {
  if (line.length <= WHOLE_LINE_BYTES) return { head: line, tail: null, length: line.length };
  return { head: line.subarray(0, HEAD_BYTES), tail: line.subarray(-TAIL_BYTES), length: line.length };
}

function concat(pieces: readonly Uint8Array[]): Uint8Array {
  return pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : Buffer.concat(pieces);
}
