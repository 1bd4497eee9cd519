import { expect, test } from "vitest";
import type { SessionRow } from "../../../src/views/shapes/session.ts";
import { sessionFilter } from "./session-filter.ts";

const ROW: SessionRow = {
  id: "01a1",
  source: "rollout",
  cli_version: "0.169.0",
  model: "gpt-5.5",
  started_at: null,
  ended_at: null,
  outcome: "failed",
  turn_count: 1,
  tool_call_count: 0,
  friction_count: 2,
  delight_count: 0,
  tokens: { total: null, input: null, cached_input: null, output: null, reasoning: null, provenance: "measured" },
  parent_id: null,
  forked_from_id: null,
  cwd: "/home/dev/shop",
  git: null,
  title: "Make the tests pass",
  sample: false,
};

test("every word must stand somewhere, in any case", () => {
  expect(sessionFilter({ q: "TESTS shop" })(ROW)).toBe(true);
  expect(sessionFilter({ q: "tests garden" })(ROW)).toBe(false);
  expect(sessionFilter({})(ROW)).toBe(true);
});

test("outcome and kind narrow the list", () => {
  expect(sessionFilter({ outcome: "failed", with: "friction" })(ROW)).toBe(true);
  expect(sessionFilter({ outcome: "completed" })(ROW)).toBe(false);
  expect(sessionFilter({ with: "delight" })(ROW)).toBe(false);
});
