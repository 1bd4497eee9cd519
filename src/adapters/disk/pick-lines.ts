import type { RawLine } from "../../formats/record.ts";
import type { WantsLine } from "../../ports/recordings.ts";
import { byteOrderMark, WHOLE_LINE_BYTES } from "./split-lines.ts";

const LINE_BREAK = 10;

/**
 * Finds the few lines that are wanted among many: each line is judged where it stands in the chunk, and nothing is made
 * of those that are not wanted. A line longer than `WHOLE_LINE_BYTES` is passed over.
 */
export class LinePicker {
  readonly #wants: WantsLine;
  /** What of a line reached over the last chunk's end. */
  #carry: Uint8Array = new Uint8Array();
  /** The line has outgrown what is kept: its bytes go by until its end. */
  #skipping = false;
  #isFirst = true;

  constructor(wants: WantsLine) {
    this.#wants = wants;
  }

  /** The wanted lines that end in this chunk; valid until the next call. */
  push(chunk: Uint8Array): readonly RawLine[] {
    const picked: RawLine[] = [];
    let start = this.#finishCarried(chunk, picked);
    for (let end = chunk.indexOf(LINE_BREAK, start); end !== -1; end = chunk.indexOf(LINE_BREAK, start)) {
      this.#take(chunk, { start, end, picked });
      start = end + 1;
    }
    this.#keep(chunk.subarray(start));
    return picked;
  }

  /** The last line, when it has no line break. */
  finish(): readonly RawLine[] {
    const picked: RawLine[] = [];
    this.#take(this.#carry, { start: 0, end: this.#carry.length, picked });
    return picked;
  }

  /** Joins the carried start of a line with its end in this chunk; returns where the next line begins. */
  #finishCarried(chunk: Uint8Array, picked: RawLine[]): number {
    if (this.#carry.length === 0 && !this.#skipping) return 0;
    const end = chunk.indexOf(LINE_BREAK);
    if (end === -1) return 0;
    const line = Buffer.concat([this.#carry, chunk.subarray(0, end)]);
    if (!this.#skipping) this.#take(line, { start: 0, end: line.length, picked });
    this.#carry = new Uint8Array();
    this.#skipping = false;
    this.#isFirst = false;
    return end + 1;
  }

  #take(
    bytes: Uint8Array,
    { start, end, picked }: { readonly start: number; readonly end: number; readonly picked: RawLine[] },
  ): void {
    const begin = this.#isFirst ? start + byteOrderMark(bytes, start) : start;
    this.#isFirst = false;
    if (end === begin || !this.#wants(bytes, begin, end)) return;
    picked.push({ head: bytes.subarray(begin, end), tail: null, length: end - begin });
  }

  #keep(rest: Uint8Array): void {
    if (this.#skipping) return;
    this.#skipping = this.#carry.length + rest.length > WHOLE_LINE_BYTES;
    this.#carry = this.#skipping ? new Uint8Array() : Buffer.concat([this.#carry, rest]);
  }
}
