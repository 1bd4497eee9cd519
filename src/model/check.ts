import type { AttemptId } from "./ids.ts";
import type { Instant } from "./time.ts";
import type { CheckResult } from "./verdict.ts";

/** An acceptance command of an attempt as it was kept. */
export interface Check extends CheckResult {
  readonly attemptId: AttemptId;
  /** From 1 in the order they ran. */
  readonly number: number;
  /** The file that holds its output; `null` when none is kept. */
  readonly outputSha256: string | null;
  readonly ranAt: Instant;
}
