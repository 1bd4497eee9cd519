import { readFileSync } from "node:fs";
import type { LineReader, RawLine, ReadLine } from "../../src/formats/record.ts";

/** A whole line as the recordings port hands it over. */
export function rawLine(text: string): RawLine {
  const head = new TextEncoder().encode(text);
  return { head, tail: null, length: head.length };
}

/** A line that was too long: only its first and last characters arrive. */
export function cutLine(text: string, keep: { readonly head: number; readonly tail: number }): RawLine {
  const bytes = new TextEncoder().encode(text);
  return { head: bytes.subarray(0, keep.head), tail: bytes.subarray(bytes.length - keep.tail), length: bytes.length };
}

/** The lines of a text that hold something. */
export function rawLines(text: string): readonly RawLine[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map(rawLine);
}

/** Every line of a golden file, e.g. `spine/flat.jsonl`. */
export function goldenLines(path: string): readonly RawLine[] {
  return rawLines(goldenText(path));
}

export function goldenText(path: string): string {
  return readFileSync(new URL(`../golden/${path}`, import.meta.url), "utf8");
}

export function readAll(reader: LineReader, lines: readonly RawLine[]): readonly ReadLine[] {
  return lines.map((line) => reader.read(line));
}
