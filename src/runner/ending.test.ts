import { expect, test } from "vitest";
import { endingOf } from "./ending.ts";

test.each([
  ["CAP_USD", "capped"],
  ["CAP_OUTPUT", "capped"],
  ["CANCELLED", "cancelled"],
  ["KILL_SWITCH_ACTIVE", "cancelled"],
  ["HOST_LOST", "lost"],
  ["RUNNER_LOST", "lost"],
  ["PROVIDER_QUOTA", "failed"],
  ["SURVIVING_PROCESS", "failed"],
  ["NO_CHANGE", "failed"],
] as const)("[RUN-11] %s ends an attempt as %s", (code, outcome) => {
  expect(endingOf(code, "x")).toEqual({ outcome, failure: { code, detail: "x" } });
});
