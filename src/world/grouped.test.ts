import { expect, test } from "vitest";
import { grouped } from "./grouped.ts";

test("[GWY-6] what comes while one runs is run together, in order, and each gets its own answer", async () => {
  const runs: (readonly number[])[] = [];
  const double = grouped(async (items: readonly number[]) => {
    runs.push(items);
    await Promise.resolve();
    return items.map((item) => 2 * item);
  });
  const numbers = Array.from({ length: 120 }, (_, number) => number);
  expect(await Promise.all(numbers.map(double))).toEqual(numbers.map((number) => 2 * number));
  expect(runs.map(({ length }) => length)).toEqual([1, 50, 50, 19]);
  expect(await double(7)).toBe(14);
});

test("[GWY-6] a run that fails fails its own items only", async () => {
  const once = grouped(async (items: readonly string[]) => {
    if (items.includes("bad")) throw new Error("no");
    return items;
  });
  const asked = ["good", "bad", "with it"].map((item) => once(item).catch((error: Error) => error.message));
  expect(await Promise.all(asked)).toEqual(["good", "no", "no"]);
  expect(await once("later")).toBe("later");
});
