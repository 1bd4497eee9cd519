import type { AttemptOutcome } from "../../model/attempt.ts";
import {
  ATTEMPT_FAILURES,
  type AttemptFailureCode,
  type FailureCategory,
  type RetryClass,
} from "../../model/attempt-failure.ts";
import type { TaskState } from "../../model/task.ts";

export interface AttemptEnd {
  readonly outcome: AttemptOutcome;
  readonly code: AttemptFailureCode | null;
}

/** How the attempts of the task ended that were nobody's fault, back to the last one that counts or the last signal. */
export interface Streak {
  readonly losses: number;
  readonly waits: number;
}

export interface TaskAfter {
  readonly to: TaskState;
  /** A closed word. */
  readonly reason: string | null;
  /** How long nothing is tried, milliseconds. */
  readonly pauseMs: number;
}

/** A task that lost so many runners in a row takes its machine down with it: a person should look. */
const LOSSES_AT_MOST = 3;
const MINUTE_MS = 60_000;
/** The last one holds for all further waits. */
const WAIT_MINUTES = [1, 5, 15, 60] as const;
/** Guards that a person has to look at; every other failure says that the work itself did not succeed. */
const SAFETY: readonly FailureCategory[] = [
  "budget_cap",
  "command_policy",
  "domain_policy",
  "path_policy",
  "approval_gate",
  "secret_guard",
  "safety_control",
];

/** `again`, `wait` and `mended` say nothing about the task; `null`: it succeeded. */
export function retryClassOf({ outcome, code }: AttemptEnd): RetryClass | null {
  if (outcome === "succeeded") return null;
  if (outcome === "lost") return "again";
  if (outcome !== "failed") return "terminal";
  return ATTEMPT_FAILURES[code ?? "UNKNOWN"].retry;
}

/** What becomes of a task whose attempt ended. `streak` counts earlier endings, without this one. */
export function taskAfterAttempt(end: AttemptEnd, streak: Streak): TaskAfter {
  const retry = retryClassOf(end);
  const reason = end.code;
  if (retry === null) return { to: "verifying", reason: null, pauseMs: 0 };
  if (retry === "again" && streak.losses + 1 >= LOSSES_AT_MOST) return { to: "parked", reason, pauseMs: 0 };
  if (retry === "again") return { to: "ready", reason, pauseMs: 0 };
  if (retry === "wait") return { to: "ready", reason, pauseMs: waitMs(streak.waits) };
  if (retry === "mended") return { to: "parked", reason, pauseMs: 0 };
  // The kill switch says nothing about the task either, but only a person lifts it.
  if (end.outcome === "cancelled" && end.code !== "KILL_SWITCH_ACTIVE") return { to: "cancelled", reason, pauseMs: 0 };
  return { to: isSafetyPark(end) ? "parked" : "failed", reason, pauseMs: 0 };
}

function isSafetyPark({ outcome, code }: AttemptEnd): boolean {
  return outcome === "capped" || SAFETY.includes(ATTEMPT_FAILURES[code ?? "UNKNOWN"].category);
}

function waitMs(waits: number): number {
  return (WAIT_MINUTES[waits] ?? WAIT_MINUTES[WAIT_MINUTES.length - 1] ?? 60) * MINUTE_MS;
}
