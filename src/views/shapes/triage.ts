import type { AttemptFailureCode, FailureCategory, RetryClass } from "../../model/attempt-failure.ts";

/** Failures of one code, either real or simulated, and what to do about them. */
export interface TriageRow {
  readonly code: AttemptFailureCode;
  readonly category: FailureCategory;
  /** What happens without anybody's help. */
  readonly retry: RetryClass;
  /** Runs that ended so, and tasks that were held before a run. */
  readonly count: number;
  readonly tasks: number;
  /** Tasks that are failed or parked because of it now. */
  readonly held: number;
  /** All of `count`, or 0: what was only simulated is a group of its own. */
  readonly simulated: number;
  readonly latest: string;
  readonly means: string;
  /** The next command, for the example. */
  readonly next: string;
  /** The latest one that still holds its task, else the latest. */
  readonly example: {
    readonly attempt_id: string | null;
    readonly task_id: string;
    readonly idea_id: string;
    readonly repository: string;
    readonly detail: string | null;
  };
}
