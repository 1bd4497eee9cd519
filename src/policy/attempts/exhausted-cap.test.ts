import { expect, test } from "vitest";
import { capScopeOf } from "../../model/cap.ts";
import { idOf } from "../../model/ids.ts";
import type { CapState } from "../admission/facts.ts";
import { exhaustedCap } from "./exhausted-cap.ts";

const TASK = capScopeOf.task(idOf.task("t"));
const FULL: CapState = { scope: TASK, unit: "sessions", cap: 3, extended: 0, reserved: 0, spent: 3 };

test("[RUN-5] a task's or idea's cap that is spent needs a person", () => {
  expect(exhaustedCap([FULL])).toBe(FULL);
  const idea = { ...FULL, scope: capScopeOf.idea(idOf.idea("i")), unit: "usd" as const, spent: 4 };
  expect(exhaustedCap([{ ...FULL, spent: 2 }, idea])).toBe(idea);
});

test("[RUN-5] what is only reserved, belongs to a day or has no limit may come free by itself", () => {
  expect(exhaustedCap([{ ...FULL, spent: 2, reserved: 1 }])).toBeNull();
  expect(exhaustedCap([{ ...FULL, scope: capScopeOf.day("2026-11-20") }])).toBeNull();
  expect(exhaustedCap([{ ...FULL, cap: null }])).toBeNull();
});
