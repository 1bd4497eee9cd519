import type { Problem } from "./problem.ts";

/**
 * The closed list of expected failures, each with the exit code a command ends with.
 * A new code needs a row here; exit codes, HTTP status and `docs/reference/exit-codes.md` (checked for drift) come from it.
 */
export const FAILURE_EXITS = {
  failed: 1,
  config_invalid: 2,
  node_too_old: 1,
  usage: 2,
  gate_says_no: 3,
  audit_failed: 3,
  auth_missing: 4,
  not_found: 5,
  path_missing: 5,
  conflict: 6,
  port_taken: 6,
  store_newer: 6,
  store_older: 6,
  store_unsafe: 1,
  store_unreadable: 1,
  approval_needed: 7,
  store_busy: 75,
  try_later: 75,
  interrupted: 130,
} as const;

export type FailureCode = keyof typeof FAILURE_EXITS;

/** What went wrong, whether trying again can help, why, and what to do about it. */
export interface Failure {
  readonly code: FailureCode;
  /** What went wrong, one line. */
  readonly message: string;
  /** Why it went wrong, one line. */
  readonly cause: string;
  /** What the person should do, one line. */
  readonly hint: string;
  /** `never`: only a change helps · `later`: waiting helps · `now`: trying again at once helps. */
  readonly retry: "never" | "later" | "now";
  /** Everything that is wrong with a file of a person, where one was refused. */
  readonly problems?: readonly Problem[];
}

/** An expected failure that has to cross a callback which cannot return a `Result`; caught at the door. */
export class FailureError extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.message);
    this.name = "FailureError";
    this.failure = failure;
  }
}
