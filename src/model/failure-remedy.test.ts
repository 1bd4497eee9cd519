import { expect, test } from "vitest";
import { ATTEMPT_FAILURES, isAttemptFailureCode } from "./attempt-failure.ts";
import { REMEDIES } from "./failure-remedy.ts";

test("[OPS-6] every failure code has a meaning and a next command, and nothing else has", () => {
  expect(Object.keys(REMEDIES)).toEqual(Object.keys(ATTEMPT_FAILURES));
  for (const [code, { means, next }] of Object.entries(REMEDIES)) {
    expect(isAttemptFailureCode(code)).toBe(true);
    expect(means).toMatch(/^[A-Z].{10,100}\.$/);
    expect(next).toMatch(/^codex-loop [a-z]+/);
    expect(next.replaceAll(/\{(?:attempt|task|idea|repository)\}/g, "")).not.toMatch(/[{}]/);
  }
});

test("[OPS-6] what is tried again by itself is not sent to a replay", () => {
  const replayed = Object.entries(REMEDIES).flatMap(([code, { next }]) => (next.includes("replay") ? [code] : []));
  expect(replayed).not.toEqual([]);
  for (const code of replayed) expect(isAttemptFailureCode(code) && ATTEMPT_FAILURES[code].retry).toBe("terminal");
});
