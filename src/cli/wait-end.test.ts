import { expect, test } from "vitest";
import { waitEnd } from "./wait-end.ts";

type Idea = Parameters<typeof waitEnd>[0];
type Attempt = Idea["attempts"][number];
type Approval = Idea["approvals"][number];

/** What the wait looks at; the rest of the shapes plays no part. */
function idea(change: Partial<Idea>): Idea {
  return { state: "running_tasks", reason: null, attempts: [], approvals: [], ...change };
}

const attempt = (state: Attempt["state"]): Attempt => ({ state }) as Attempt;
const approval = (action: Approval["action"], state: Approval["state"]): Approval => ({ action, state }) as Approval;

test.for([
  ["completed", null, 0],
  ["cancelled", "operator", 1],
  ["failed", "ACCEPTANCE_COMMAND_FAILED", 1],
  ["failed", null, 1],
  ["blocked", "PROVIDER_AUTH", 4],
  ["failed", "AGENT_NOT_FOUND", 4],
  ["failed", "AGENT_WRONG_VERSION", 4],
  ["blocked", "CAP_USD", 3],
  ["blocked", "CAP_SESSIONS", 3],
  ["blocked", "APPROVAL_DENIED", 3],
  ["blocked", "POLICY_DENIED", 3],
  ["blocked", "RUNNER_LOST", 1],
  ["paused", "operator", 75],
  ["running_tasks", null, null],
  ["integration", null, null],
] as const)("[JOB-4] an idea that is %s because of %s ends the wait with %s", ([state, reason, exit]) => {
  expect(waitEnd(idea({ state, reason }))).toBe(exit);
});

test("[JOB-4] a run that has not ended is waited for, whatever the idea says", () => {
  expect(waitEnd(idea({ state: "failed", attempts: [attempt("running")] }))).toBeNull();
  expect(waitEnd(idea({ state: "failed", attempts: [attempt("ended")] }))).toBe(1);
});

test("[RUN-13] a change that a person has to look at ends the wait with 7, a question in mid-run does not", () => {
  const state = "awaiting_approval";
  expect(waitEnd(idea({ state, approvals: [approval("change", "asked")] }))).toBe(7);
  expect(waitEnd(idea({ state, approvals: [approval("change", "granted")] }))).toBeNull();
  expect(waitEnd(idea({ state, approvals: [approval("command", "asked")] }))).toBeNull();
});
