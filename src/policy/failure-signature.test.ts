import { expect, test } from "vitest";
import { ATTEMPT_FAILURES } from "../model/attempt-failure.ts";
import { classifyFailure, correlates, failureSignature, normalizedFailure } from "./failure-signature.ts";

const ALIKE: readonly (readonly [string, string])[] = [
  [
    "npm ERR! code ENOSPC at /tmp/cl-a1/work/node_modules/x.js:12:7",
    "npm ERR! code ENOSPC at /tmp/cl-b2/work/lib/y.js:1:19",
  ],
  ["request req_0a1b2c3d4e5f failed after 3 tries", "request req_ffee99887766 failed after 12 tries"],
  ["bad object 3f2a91c0d4e5f60718293a4b5c6d7e8f90a1b2c3", "bad object 9a8b7c6d5e4f30211203948576afbecddcebfa09"],
  ["attempt 01a1f6cc-a008-7730-bb14-a8f2dc04f66d is gone", "attempt 01b2f6cc-a008-7730-bb14-a8f2dc04f66e is gone"],
  ["rate limit until 2026-11-20T02:33:00.512Z", "rate limit until 2026-11-21T12:00:00Z"],
  ["GET https://api.test/v1/a?x=1 said 503", "GET https://other.test/v2/b said 502"],
  ["Timed out\n  after 30.5 s", "timed out after 1,200 s"],
  ["\u001b[31msrc/a/b.ts\u001b[0m failed", "lib/c.ts failed"],
];

test("[RUN-11] failures that differ in numbers, paths, ids, hashes, times and addresses only have one signature", () => {
  for (const [left, right] of ALIKE) {
    expect(normalizedFailure(left)).toBe(normalizedFailure(right));
    expect(failureSignature("SETUP_FAILED", left)).toBe(failureSignature("SETUP_FAILED", right));
  }
});

test("[RUN-11] another code or other words are another signature", () => {
  expect(failureSignature("SETUP_FAILED", "x")).not.toBe(failureSignature("AGENT_FAILED", "x"));
  expect(failureSignature("SETUP_FAILED", "no space left")).not.toBe(failureSignature("SETUP_FAILED", "no such host"));
  expect(normalizedFailure("the decade faded")).toBe("the decade faded");
});

test("[RUN-11] a huge or hostile detail is normalized quickly", () => {
  for (const piece of ["a/", "1.", "http://", "../", "req_", "a1", "\u001b["]) {
    const started = performance.now();
    normalizedFailure(piece.repeat(2_000_000));
    expect(performance.now() - started).toBeLessThan(500);
  }
});

/** Seed 004's own table: text, and the category that it gives. */
const SEED_004: readonly (readonly [string, string])[] = [
  ["CAP_USD_EXCEEDED: 3.1 > 3.0", "budget_cap"],
  ["cap_minutes_exceeded", "budget_cap"],
  ["BLOCKED_COMMAND: rm -rf /", "command_policy"],
  ["DOMAIN_NOT_ALLOWLISTED: evil.test", "domain_policy"],
  ["ALLOWED_PATHS_VIOLATION: infra/x", "path_policy"],
  ["MERGE_APPROVAL_REQUIRED", "approval_gate"],
  ["INFRA_APPROVAL_REQUIRED: x", "approval_gate"],
  ["SECRET_PATTERN_DETECTED: note", "secret_guard"],
  ["ACCEPTANCE_COMMAND_FAILED: npm test", "acceptance_test"],
  ["GIT_CLONE_FAILED: x", "git_failure"],
  ["GITHUB_API_ERROR: 502", "github_api"],
  ["KILL_SWITCH_ACTIVE", "safety_control"],
  ["NO_CHANGES_PRODUCED", "execution_logic"],
  ["WORKSPACE_NOT_READY: clone", "runtime_state"],
  ["INVALID_JOB_SPEC: x", "input_validation"],
  ["Something else", "runtime_error"],
  ["", "runtime_error"],
];

test("[RUN-11] the predecessor's texts keep the category that its taxonomy gave them", () => {
  for (const [text, category] of SEED_004) {
    expect([text, ATTEMPT_FAILURES[classifyFailure(text)].category]).toEqual([text, category]);
  }
});

test("[RUN-11] our own codes are recognised by name, in text too", () => {
  expect(classifyFailure("PROVIDER_QUOTA: come back later")).toBe("PROVIDER_QUOTA");
  expect(classifyFailure("CAP_TURNS")).toBe("CAP_TURNS");
  expect(classifyFailure("toString")).toBe("UNKNOWN");
});

test("[RUN-11] only what may have a common cause counts for a breaker", () => {
  for (const code of ["SETUP_FAILED", "PROVIDER_AUTH", "SANDBOX_UNAVAILABLE", "NOT_STARTED"] as const)
    expect(correlates(code), code).toBe(true);
  for (const code of ["CAP_USD", "APPROVAL_DENIED", "CANCELLED", "KILL_SWITCH_ACTIVE", "RUNNER_LOST"] as const)
    expect(correlates(code), code).toBe(false);
});
