import { expect, test } from "vitest";
import type { MeterRow } from "../../../src/views/shapes/budget.ts";
import { amountOf, fullest, shareOf } from "./meter.ts";

const row = (change: Partial<MeterRow>): MeterRow => ({
  unit: "tokens",
  cap: 100,
  reserved: 0,
  spent: 0,
  unknown: 0,
  provenance: "measured",
  ...change,
});

test("[JOB-6] what is reserved counts against a limit like what is spent", () => {
  expect(shareOf(row({ spent: 30, reserved: 20 }))).toBe(0.5);
  expect(shareOf(row({ spent: null, reserved: 20 }))).toBe(0.2);
  expect(shareOf(row({ cap: null, spent: 30 }))).toBe(0);
  expect(shareOf(row({ cap: 0, spent: 1 }))).toBe(1);
});

test("[JOB-6] a list shows the limit that is nearest to its end, and none where there is none", () => {
  const turns = row({ unit: "turns", cap: 8, spent: 7 });
  expect(fullest([row({ spent: 10 }), turns, row({ unit: "usd", cap: null, spent: 1000 })])).toBe(turns);
  expect(fullest([row({ cap: null })])).toBeNull();
});

test("[JOB-6] amounts are said in the words of their unit", () => {
  expect([amountOf("usd", 0.125), amountOf("tokens", 12_345), amountOf("minutes", 4.25), amountOf("turns", 3)]).toEqual(
    ["$0.13", "12 k", "4.3 min", "3"],
  );
});
