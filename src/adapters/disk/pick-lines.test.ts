import fc from "fast-check";
import { expect, test } from "vitest";
import { LinePicker } from "./pick-lines.ts";
import { WHOLE_LINE_BYTES } from "./split-lines.ts";

/** Wants lines that begin with `w`. */
const wants = (bytes: Uint8Array, start: number): boolean => bytes[start] === "w".charCodeAt(0);

function pickAll(chunks: readonly Buffer[]): readonly string[] {
  const picker = new LinePicker(wants);
  const picked = chunks.flatMap((chunk) => picker.push(chunk).map((line) => Buffer.from(line.head).toString()));
  return [...picked, ...picker.finish().map((line) => Buffer.from(line.head).toString())];
}

test("[TRC-5] any cutting into chunks picks the same lines as cutting the text at its line breaks", () => {
  const line = fc.stringMatching(/^[wx][a-z]{0,12}$/);
  fc.assert(
    fc.property(fc.array(line), fc.array(fc.integer({ min: 1, max: 20 })), fc.boolean(), (lines, sizes, endsWell) => {
      const text = Buffer.from(lines.join("\n") + (endsWell ? "\n" : ""));
      const chunks: Buffer[] = [];
      for (let at = 0, turn = 0; at < text.length; turn += 1) {
        const size = sizes[turn % Math.max(1, sizes.length)] ?? 7;
        chunks.push(text.subarray(at, at + size));
        at += size;
      }
      expect(pickAll(chunks)).toEqual(lines.filter((one) => one.startsWith("w")));
    }),
  );
});

test("[TRC-8] a line too long to keep goes by without being kept, and the next one is found", () => {
  const half = Buffer.alloc(WHOLE_LINE_BYTES, "w");
  expect(pickAll([half, half, Buffer.from("w\nwanted\n")])).toEqual(["wanted"]);
});

test("[TRC-1] a byte order mark before the first line does not hide it", () => {
  const bytes = Buffer.from("\uFEFFwanted\nwell\n");
  expect(pickAll([bytes])).toEqual(["wanted", "well"]);
  expect(pickAll([...bytes].map((byte) => Buffer.from([byte])))).toEqual(["wanted", "well"]);
});
