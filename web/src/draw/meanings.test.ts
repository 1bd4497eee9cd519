import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { meaningOf, SIGNAL_CATEGORY_WORDS } from "./meanings.ts";

const REFERENCE = readFileSync(join(import.meta.dirname, "../../../docs/reference/signals.md"), "utf8");

test("[JOB-1] the page explains each signal as the reference page does", () => {
  const definitions = [...REFERENCE.matchAll(/^\| `(\w+)` \|(?:[^|]*\|){3} ([^|]+?) \|/gm)];
  expect(definitions.map(([, category]) => category)).toEqual(SIGNAL_CATEGORY_WORDS);
  for (const [, category = "", definition] of definitions) expect(meaningOf(category)).toBe(definition);
  expect(meaningOf("unheard_of")).toBeNull();
});
