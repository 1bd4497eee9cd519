import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { TraceRecord } from "../record.ts";
import { rolloutTokenReader } from "./rollout-reader.ts";
import { countTokens, newTokenCounter } from "./token-counter.ts";
import { tokenLineFilter } from "./token-line-filter.ts";

const SAMPLES = join(import.meta.dirname, "..", "..", "..", "samples");

const rollouts = readdirSync(SAMPLES, { recursive: true, encoding: "utf8" }).filter((name) =>
  /rollout-[^/]+\.jsonl$/.test(name),
);

function rowsOf(lines: readonly Buffer[]): readonly unknown[] {
  let counter = newTokenCounter();
  return lines.flatMap((head) => {
    const { records } = rolloutTokenReader.read({ head, tail: null, length: head.length });
    return records.flatMap((record: TraceRecord) => {
      const { state, rows } = countTokens(counter, record);
      counter = state;
      return rows;
    });
  });
}

test.for(rollouts)("[TRC-5] %s: the lines that pass the filter count the same as all lines", (name) => {
  const lines = readFileSync(join(SAMPLES, name), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => Buffer.from(line));
  const wants = tokenLineFilter();
  const passed = lines.filter((line) => wants(line, 0, line.length));
  expect(rowsOf(passed)).toEqual(rowsOf(lines));
  // Lines without an envelope (0.27) are all left to their reader; elsewhere most lines go by.
  if (!name.includes("0.27.0")) expect(passed.length).toBeLessThan(lines.length * 0.6);
});

test("[TRC-5] a line that is written otherwise is left to its reader", () => {
  const wants = tokenLineFilter();
  const odd = Buffer.from(`{ "type": "token_usage_record" }`);
  wants(odd, 0, odd.length);
  expect(wants(odd, 0, odd.length)).toBe(true);
});
