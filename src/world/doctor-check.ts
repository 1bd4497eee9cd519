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
}
