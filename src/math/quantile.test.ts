import { expect, test } from "vitest";
import { quantile } from "./quantile.ts";

test("[OPS-1] a quantile is one of the values, by nearest rank", () => {
  const twenty = Array.from({ length: 20 }, (_, index) => 20 - index);
  expect(quantile(twenty, 0.95)).toBe(19);
  expect(quantile(twenty, 0.951)).toBe(20);
  expect(quantile(twenty, 0)).toBe(1);
  expect(quantile([7], 0.5)).toBe(7);
  expect(quantile([], 0.95)).toBeNull();
});
