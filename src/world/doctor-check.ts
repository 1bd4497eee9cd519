import type { FailureCode } from "../model/failure.ts";
import type { Problem } from "../model/problem.ts";

export interface DoctorCheck {
  readonly check: string;
  readonly ok: boolean;
  /** What was found. */
  readonly found: string;
  /** What to do, `null` when nothing is to be done. */
  readonly fix: string | null;
  /** False for parts that only some commands need. */
  readonly required: boolean;
  /** What holds in the end, defaults filled in, where a check is about settings of a repository. */
  readonly effective?: unknown;
  /** How and by what the check failed, where something a person wrote or named was refused. */
  readonly refused?: { readonly code: FailureCode; readonly problems: readonly Problem[] };
}
