import { fail, ok, type Result } from "../../kit/result.ts";
import type { Failure } from "../../model/failure.ts";

/** A full commit id, so that a revision can never be read as an option or as something that moves. */
export function commitId(text: string): Result<string, Failure> {
  if (/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(text)) return ok(text);
  return fail(wrongName(`${JSON.stringify(text)} is not a full commit id.`));
}

const FORBIDDEN = /[\p{Cc} ~^:?*[\\]|\.\.|\/\/|@\{|\/$|\.$|^\/|(^|\/)\.|\.lock(\/|$)/u;

/** `refs/heads/` and the name, which git itself would take and no command line can take for an option. */
export function branchRef(branch: string): Result<string, Failure> {
  const isName =
    branch !== "" && branch !== "@" && branch !== "HEAD" && !branch.startsWith("-") && !FORBIDDEN.test(branch);
  return isName ? ok(`refs/heads/${branch}`) : fail(wrongName(`${JSON.stringify(branch)} is not a branch name.`));
}

function wrongName(message: string): Failure {
  return {
    code: "usage",
    message,
    cause: "Git would not take it.",
    hint: "Do this: give another name.",
    retry: "never",
  };
}
