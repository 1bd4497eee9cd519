/** One mistake in a file that people write. */
export interface Problem {
  /** `FILE:LINE:COLUMN`, from 1. */
  readonly at: string;
  /** What is wrong, one sentence. */
  readonly message: string;
  /** What to do about it, one sentence. */
  readonly hint: string;
}
