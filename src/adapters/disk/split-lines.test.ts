import fc from "fast-check";
import { expect, test } from "vitest";
import type { ReadFrom } from "../../ports/recordings.ts";
import { HEAD_BYTES, LineSplitter, TAIL_BYTES, WHOLE_LINE_BYTES } from "./split-lines.ts";

const BREAK = 10;
const START: ReadFrom = { offset: 0, lines: 0 };

/** A line as the splitter hands it over, kept beyond the next chunk. */
interface Kept {
  readonly offset: number;
  readonly line: number;
  readonly length: number;
  readonly head: string;
  readonly tail: string | null;
}

interface Split {
  readonly lines: readonly Kept[];
  readonly next: ReadFrom;
}

/** What the splitter makes of bytes that come in these chunks; the last line's end included. */
function split(bytes: Uint8Array, chunks: readonly number[], from: ReadFrom = START): Split {
  const splitter = new LineSplitter(from);
  const lines: Kept[] = [];
  let next = from;
  const keep = (batch: ReturnType<LineSplitter["push"]>): void => {
    for (const { head, tail, ...place } of batch.lines) {
      lines.push({ ...place, head: hex(head), tail: tail === null ? null : hex(tail) });
    }
    next = { offset: batch.nextOffset, lines: batch.nextLine };
  };
  const buffer = Buffer.alloc(Math.max(1, ...chunks));
  for (let at = Math.max(0, from.offset - 1), turn = 0; at < bytes.length; turn += 1) {
    const size = Math.min(chunks[turn % chunks.length] ?? 1, bytes.length - at);
    // One Buffer for all chunks, as the disk has it: a line that still pointed into it would change.
    buffer.fill(0);
    buffer.set(bytes.subarray(at, at + size));
    keep(splitter.push(buffer.subarray(0, size)));
    at += size;
  }
  keep(splitter.finish());
  return { lines, next };
}

/** The same by looking at all bytes at once. A last line without a line break is not whole. */
function splitAtOnce(bytes: Uint8Array): Split {
  const lines: Kept[] = [];
  let [offset, line] = [0, 0];
  for (let end = bytes.indexOf(BREAK); end !== -1; end = bytes.indexOf(BREAK, offset)) {
    const whole = bytes.subarray(offset, end);
    const isLong = whole.length > WHOLE_LINE_BYTES;
    const [head, tail] = [
      isLong ? whole.subarray(0, HEAD_BYTES) : whole,
      isLong ? hex(whole.subarray(-TAIL_BYTES)) : null,
    ];
    line += 1;
    if (whole.length > 0) lines.push({ offset, line, length: whole.length, head: hex(head), tail });
    offset = end + 1;
  }
  return { lines, next: { offset, lines: line } };
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("latin1");
}

/** Bytes without a line break whose every stretch looks different. */
function filler(length: number, seed: number): Uint8Array {
  return Uint8Array.from({ length }, (_, at) => 128 + ((at * 31 + (at >> 7) + seed) % 128));
}

const short = fc.array(
  fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 0, max: 255 }) }, { weight: 1, arbitrary: fc.constant(BREAK) }),
  { maxLength: 300 },
);

test("[TRC-8] however bytes are cut into chunks, the lines, their places and their numbers are the same", () => {
  fc.assert(
    fc.property(short, fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 8 }), (bytes, chunks) => {
      // A last line that happens to be whole JSON is read before its line break has come.
      fc.pre(bytes.at(-1) !== 125);
      expect(split(Uint8Array.from(bytes), chunks)).toEqual(splitAtOnce(Uint8Array.from(bytes)));
    }),
    { numRuns: 2000, seed: 8 },
  );
});

test("[TRC-8] a long line arrives as its first and last bytes with its true length, whatever the chunks", () => {
  const edges = [
    0,
    1,
    HEAD_BYTES - 1,
    HEAD_BYTES,
    HEAD_BYTES + 1,
    WHOLE_LINE_BYTES - 1,
    WHOLE_LINE_BYTES,
    WHOLE_LINE_BYTES + 1,
    2 * WHOLE_LINE_BYTES + 7,
  ];
  const lengths = fc.array(fc.constantFrom(...edges), { minLength: 1, maxLength: 5 });
  const chunks = fc.array(fc.constantFrom(1_000, TAIL_BYTES - 1, TAIL_BYTES, 100_003, WHOLE_LINE_BYTES, 1024 * 1024), {
    minLength: 1,
    maxLength: 4,
  });
  fc.assert(
    fc.property(lengths, chunks, (sizes, cuts) => {
      const bytes = Buffer.concat(sizes.flatMap((size, seed) => [filler(size, seed), Buffer.from("\n")]));
      expect(split(bytes, cuts)).toEqual(splitAtOnce(bytes));
    }),
    { numRuns: 40, seed: 8 },
  );
});

test("[TRC-7] reading that goes on at any line's end gives the rest of the lines with their true places", () => {
  fc.assert(
    fc.property(short, fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 4 }), (bytes, chunks) => {
      fc.pre(bytes.at(-1) !== 125);
      const all = Uint8Array.from(bytes);
      const whole = splitAtOnce(all);
      for (const { offset, line, length } of whole.lines) {
        const from = { offset: offset + length + 1, lines: line };
        const rest = split(all, chunks, from);
        expect(rest).toEqual({ lines: whole.lines.filter((later) => later.line > line), next: whole.next });
      }
    }),
    { numRuns: 500, seed: 8 },
  );
});

test.each([
  ['{"a":1}', 1],
  ['{"a":1', 0],
  ['{"a":{}', 0],
  ["12", 0],
  ['"word"', 0],
  ["", 0],
])("[TRC-7] a last line without a line break is read only when it is a whole object: %s", (last, lines) => {
  const bytes = Buffer.from(`first\n${last}`);
  const { next } = split(bytes, [3]);
  expect(next).toEqual({ offset: 6 + (lines === 0 ? 0 : last.length), lines: 1 + lines });
});

test("[TRC-7] the line break that comes late belongs to the line that was read without it", () => {
  const bytes = Buffer.from('{"a":1}\nnext\n');
  for (const chunk of [1, 2, 4]) {
    const late = split(bytes, [chunk], { offset: 7, lines: 1 });
    expect(late.lines).toEqual([{ offset: 8, line: 2, length: 4, head: "next", tail: null }]);
    expect(late.next).toEqual({ offset: 13, lines: 2 });
  }
});

test("[TRC-1] a byte order mark before the first line is no part of it, and offsets still count it", () => {
  const bytes = Buffer.from("\uFEFF{}\n\uFEFF[]\n");
  for (const chunks of [[1], [2], [4], [64]]) {
    const { lines, next } = split(bytes, chunks);
    expect(lines.map(({ offset, line, length, head }) => [offset, line, length, head])).toEqual([
      [3, 1, 2, hex(Buffer.from("{}"))],
      [6, 2, 5, hex(Buffer.from("\uFEFF[]"))],
    ]);
    expect(next).toEqual({ offset: bytes.length, lines: 2 });
  }
});
