import type { Failure } from "./failure.ts";

/** One mistake in a file that people write. */
export interface Problem {
  /** `FILE:LINE:COLUMN`, from 1. */
  readonly at: string;
  /** What is wrong, one sentence. */
  readonly message: string;
  /** What to do about it, one sentence. */
  readonly hint: string;
}

/** All mistakes of a file as one failure: the first leads, the others are listed with it. */
export function problemsFailure(what: string, problems: readonly Problem[]): Failure {
  const [first] = problems;
  if (first === undefined) throw new Error("a file without a mistake has not failed");
  const others = problems.slice(1).map(({ at, message }) => `${at}: ${message}`);
  return {
    code: "config_invalid",
    message: `${first.at}: ${first.message}`,
    cause: others.length === 0 ? `This ${what} cannot be used as it is.` : `Also: ${others.join(" ")}`,
    hint: `Do this: ${first.hint}`,
    retry: "never",
  };
}
