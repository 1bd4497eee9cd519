import { expect, test } from "vitest";
import { MINIMUM_N, rateOf, trendOf } from "./rate.ts";

test("[SIG-6] a rate below the minimum N says how many are missing instead of a figure", () => {
  expect(rateOf(3, 9)).toEqual({ kind: "insufficient_data", n: 9, needed: MINIMUM_N.rate });
  expect(rateOf(3, 10)).toEqual({ kind: "rate", value: 0.3, n: 10 });
});

test("[SIG-6] nothing observed is never a rate, whatever minimum is asked for", () => {
  expect(rateOf(0, 0, 0)).toEqual({ kind: "insufficient_data", n: 0, needed: 0 });
});

test("[SIG-6] a trend needs the minimum N in both periods", () => {
  expect(trendOf(rateOf(10, 20), rateOf(5, 20))).toEqual({ kind: "trend", change: -0.25, n: 20 });
  expect(trendOf(rateOf(10, 200), rateOf(5, 19))).toEqual({ kind: "insufficient_data", n: 19, needed: 20 });
  expect(trendOf(rateOf(1, 2), rateOf(5, 50), 2)).toEqual({ kind: "insufficient_data", n: 2, needed: 2 });
});
