import { expect, test } from "vitest";
import type { BlockReason } from "../model/blocker.ts";
import { standstillEnd } from "./standstill.ts";

const held = (...reasons: readonly BlockReason[]) =>
  standstillEnd(reasons.map((reason) => ({ reason, since: null, lifted_by: "", task_id: null })));

test("[JOB-4] nobody is kept waiting for what only a person or a day lifts", () => {
  expect(held("sandbox_missing")).toBe(3);
  expect(held("cap_reached")).toBe(3);
  expect(held("key_missing")).toBe(4);
  expect(held("breaker_open")).toBe(75);
  expect(held("not_before", "paused")).toBe(75);
});

test("[JOB-4] what goes on by itself is waited for", () => {
  expect(held()).toBeNull();
  expect(held("not_before", "parallel_full", "cap_reserved", "dependencies", "running")).toBeNull();
});
