import { expect, test } from "vitest";
import { timeScale } from "./time-scale.ts";

test("calls stand where they ran", () => {
  const scale = timeScale([
    { start: 1000, end: 1500 },
    { start: 1500, end: 2000 },
  ]);
  expect(scale?.placeOf({ start: 1000, end: 1500 })).toEqual({ left: 0, width: 0.5 });
  expect(scale?.placeOf({ start: 1500, end: 2000 })).toEqual({ left: 0.5, width: 0.5 });
  expect(scale?.folded).toBe(0);
});

test("a night of waiting is folded and said to be", () => {
  const night = 8 * 3_600_000;
  const scale = timeScale([
    { start: 0, end: 1000 },
    { start: night, end: night + 1000 },
  ]);
  expect(scale?.length).toBe(2160);
  expect(scale?.folded).toBe(night + 1000 - 2160);
  const second = scale?.placeOf({ start: night, end: night + 1000 });
  expect(second?.left).toBeCloseTo(1160 / 2160);
  expect(second?.width).toBeCloseTo(1000 / 2160);
});

test("calls that overlap share their time", () => {
  const scale = timeScale([
    { start: 0, end: 100 },
    { start: 50, end: 200 },
    { start: 60, end: 70 },
  ]);
  expect(scale?.length).toBe(200);
  expect(scale?.placeOf({ start: 50, end: 200 })).toEqual({ left: 0.25, width: 0.75 });
});

test("without a single length there is nothing to draw", () => {
  expect(timeScale([])).toBeNull();
  expect(timeScale([{ start: 5, end: 5 }])).toBeNull();
});
