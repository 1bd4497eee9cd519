import { expect, test } from "vitest";
import { ATTEMPT_FAILURES, isAttemptFailureCode } from "../../model/attempt-failure.ts";
import { retryClassOf, taskAfterAttempt, type AttemptEnd, type Streak } from "./after-attempt.ts";

const NONE: Streak = { losses: 0, waits: 0 };
const MINUTE_MS = 60_000;

function after(outcome: AttemptEnd["outcome"], code: AttemptEnd["code"], streak: Partial<Streak> = {}): string {
  const { to, pauseMs } = taskAfterAttempt({ outcome, code }, { ...NONE, ...streak });
  return pauseMs === 0 ? to : `${to} in ${pauseMs / MINUTE_MS} min`;
}

test("[RUN-11] success is still to be verified, and only integration calls it done", () => {
  expect(after("succeeded", null)).toBe("verifying");
});

test("[RUN-11] a lost attempt is repeated at once, but not a third time in a row", () => {
  expect(after("lost", "RUNNER_LOST")).toBe("ready");
  expect(after("lost", "HOST_LOST", { losses: 1 })).toBe("ready");
  expect(after("lost", "RUNNER_LOST", { losses: 2 })).toBe("parked");
});

test("[RUN-11] a provider's limit is a wait that grows to an hour and never fails the task", () => {
  const waits = [0, 1, 2, 3, 4, 40].map((count) => after("failed", "PROVIDER_RATE_LIMIT", { waits: count }));
  expect(waits).toEqual([
    "ready in 1 min",
    "ready in 5 min",
    "ready in 15 min",
    "ready in 60 min",
    "ready in 60 min",
    "ready in 60 min",
  ]);
});

test("[RUN-11] every terminal code leaves the task where only something outside leads out", () => {
  const codes = Object.keys(ATTEMPT_FAILURES).filter(isAttemptFailureCode);
  const terminal = codes.filter((code) => ATTEMPT_FAILURES[code].retry === "terminal");
  expect(terminal.length).toBeGreaterThan(30);
  for (const code of terminal) expect(["parked", "failed"], code).toContain(after("failed", code));
});

test("[RUN-11] what a guard stopped is parked for a person, what did not succeed has failed", () => {
  expect(after("capped", "CAP_USD")).toBe("parked");
  expect(after("capped", null)).toBe("parked");
  expect(after("failed", "SECRET_PATTERN_DETECTED")).toBe("parked");
  expect(after("failed", "PROTECTED_PATHS_VIOLATION")).toBe("parked");
  expect(after("failed", "ACCEPTANCE_COMMAND_FAILED")).toBe("failed");
  expect(after("failed", null)).toBe("failed");
});

test("[RUN-11] a key that the provider does not take parks the task until a person has mended it", () => {
  expect(after("failed", "PROVIDER_AUTH", { waits: 3 })).toBe("parked");
});

test("[RUN-12] a person's cancel ends the task, the kill switch only parks it", () => {
  expect(after("cancelled", "CANCELLED")).toBe("cancelled");
  expect(after("cancelled", "KILL_SWITCH_ACTIVE")).toBe("parked");
});

test("[RUN-11] capped and cancelled are terminal whatever their code's class", () => {
  expect(retryClassOf({ outcome: "capped", code: "PROVIDER_QUOTA" })).toBe("terminal");
  expect(retryClassOf({ outcome: "failed", code: "NOT_STARTED" })).toBe("again");
  expect(retryClassOf({ outcome: "succeeded", code: null })).toBeNull();
});
