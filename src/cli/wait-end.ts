import { ATTEMPT_FAILURES, isAttemptFailureCode, type FailureCategory } from "../model/attempt-failure.ts";
import { FAILURE_EXITS } from "../model/failure.ts";
import type { IdeaDetail } from "../views/shapes/idea.ts";

/** Nothing runs until a person has given a key or a program. */
const MISSING: readonly (string | null)[] = ["PROVIDER_AUTH", "AGENT_NOT_FOUND", "AGENT_WRONG_VERSION"];

/** Endings by a gate: a cap was spent, a rule or a person said no. Every other one says that the work did not succeed. */
const GATES: readonly FailureCategory[] = [
  "budget_cap",
  "command_policy",
  "domain_policy",
  "path_policy",
  "approval_gate",
  "secret_guard",
  "safety_control",
];

/** The exit code of a command that waits for this idea; `null`: it goes on by itself, or an agent waits for an answer. */
export function waitEnd(idea: Pick<IdeaDetail, "state" | "reason" | "attempts" | "approvals">): number | null {
  if (idea.attempts.some(({ state }) => state !== "ended")) return null;
  switch (idea.state) {
    case "completed":
      return 0;
    case "cancelled":
      return FAILURE_EXITS.failed;
    case "failed":
    case "blocked":
      if (MISSING.includes(idea.reason)) return FAILURE_EXITS.auth_missing;
      return isByGate(idea.reason) ? FAILURE_EXITS.gate_says_no : FAILURE_EXITS.failed;
    case "paused":
      return FAILURE_EXITS.try_later;
    case "awaiting_approval":
      // The change is brought home first, and then asked about.
      return idea.approvals.some(isOpenChange) ? FAILURE_EXITS.approval_needed : null;
    default:
      return null;
  }
}

function isOpenChange({ action, state }: IdeaDetail["approvals"][number]): boolean {
  return action === "change" && state === "asked";
}

function isByGate(reason: string | null): boolean {
  if (reason === null) return false;
  if (isAttemptFailureCode(reason)) return GATES.includes(ATTEMPT_FAILURES[reason].category);
  // Dispatch parks a task whose cap is spent before any attempt: `CAP_SESSIONS` is no attempt's code.
  return reason.startsWith("CAP_");
}
