import { expect, test } from "vitest";
import { newId } from "./ids.ts";

const AT = Date.parse("2026-11-20T02:33:00.512Z");

test("[STO-5] ids made together sort in the order they were made, later ones behind them", () => {
  const together = Array.from({ length: 300 }, (_, ordinal) => newId.job(AT, ordinal));
  const later = newId.job(AT + 1, 0);
  expect([...together, later].toSorted()).toEqual([...together, later]);
  expect(new Set(together).size).toBe(together.length);
});

test("[STO-5] ids are UUIDs of version 7 that tell their time", () => {
  const id = newId.event(AT);
  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16)).toBe(AT);
});
