import fc from "fast-check";
import { expect, test } from "vitest";
import { backOffMs } from "./back-off.ts";

test("[STO-5] the wait grows fourfold, stays between half and whole, and never passes a quarter of an hour", () => {
  fc.assert(
    fc.property(fc.string(), fc.integer({ min: 1, max: 400 }), (id, attempt) => {
      const whole = Math.min(900_000, 1_000 * 4 ** (attempt - 1));
      const wait = backOffMs(id, attempt);
      return wait >= whole / 2 - 1 && wait <= whole;
    }),
  );
});

test("[STO-5] jobs that fail together are spread", () => {
  const waits = new Set(Array.from({ length: 50 }, (_, index) => backOffMs(`job-${index}`, 3)));
  expect(waits.size).toBeGreaterThan(45);
});
