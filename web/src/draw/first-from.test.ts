import { expect, test } from "vitest";
import { firstFrom } from "./first-from.ts";

test("finds the first of equal places, and the end when all are earlier", () => {
  const items = [1, 3, 3, 3, 8];
  expect([0, 1, 2, 3, 4, 8, 9].map((at) => firstFrom(items, at, (item) => item))).toEqual([0, 0, 1, 1, 4, 4, 5]);
  expect(firstFrom([], 1, Number)).toBe(0);
});
