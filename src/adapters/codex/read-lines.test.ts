import { Readable } from "node:stream";
import { expect, test } from "vitest";
import { readLines } from "./read-lines.ts";

async function linesOf(pieces: readonly string[], limit?: number): Promise<readonly (string | null)[]> {
  const lines: (string | null)[] = [];
  for await (const line of readLines(Readable.from(pieces.map((piece) => Buffer.from(piece))), limit)) lines.push(line);
  return lines;
}

test("[RUN-1] lines come whole however the bytes are cut, also in the middle of a letter", async () => {
  const bytes = Buffer.from("ä1\n\nö2\nrest");
  const pieces = [...bytes].map((byte) => Buffer.from([byte]));
  const lines: (string | null)[] = [];
  for await (const line of readLines(Readable.from(pieces))) lines.push(line);
  expect(lines).toEqual(["ä1", "", "ö2"]);
});

test("[RUN-1] a line over the limit ends the reading instead of the memory, whether it ever ends or not", async () => {
  expect(await linesOf(["ok\n", "x".repeat(20), "y".repeat(20), "\nafter\n"], 30)).toEqual(["ok", null]);
  expect(await linesOf([`${"x".repeat(40)}\nafter\n`], 30)).toEqual([null]);
});
