import { ATTEMPT_FAILURES, type AttemptFailureCode } from "../model/attempt-failure.ts";
import type { AttemptOutcome } from "../model/attempt.ts";

/** How an attempt ends, and why when it does not end well. */
export interface Ending {
  readonly outcome: AttemptOutcome;
  readonly failure: { readonly code: AttemptFailureCode; readonly detail: string } | null;
}

export const SUCCEEDED: Ending = { outcome: "succeeded", failure: null };

/** The ending that a failure code stands for. */
export function endingOf(code: AttemptFailureCode, detail: string): Ending {
  return { outcome: outcomeOf(code), failure: { code, detail } };
}

function outcomeOf(code: AttemptFailureCode): AttemptOutcome {
  if (code === "CANCELLED" || code === "KILL_SWITCH_ACTIVE") return "cancelled";
  const { category, retry } = ATTEMPT_FAILURES[code];
  if (category === "budget_cap") return "capped";
  return retry === "again" ? "lost" : "failed";
}
