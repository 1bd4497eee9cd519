import type { Failure } from "./failure.ts";
import type { Problem } from "./problem.ts";

/** All mistakes of a file as one failure: the first leads, and all are listed with it. `what`: the file, as sentences name it. */
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
    problems,
  };
}
