import { fail, type Result } from "../../kit/result.ts";
import type { Failure } from "../../model/failure.ts";
import type { GitRun } from "./run-git.ts";

/** Says why a call of git failed; `what` is one line that names what could not be done. */
export function gitFailed(what: string, run: GitRun): { readonly ok: false; readonly failure: Failure } {
  const cause = lastWords(run);
  if (/no space left on device|disk quota exceeded/i.test(run.said)) return fail(diskFull(what, cause));
  if (/spawn git ENOENT/.test(run.said)) return fail(noGit(what));
  const hint = /permission denied/i.test(run.said)
    ? "Do this: let this account read the repository and write the folders of Codex Loop."
    : "Do this: mend what git names, then try again.";
  return fail({ code: "failed", message: what, cause, hint, retry: "never" });
}

/** A failure of our own file work beside git, told like one of git's. */
export function fileWorkFailed(what: string, error: unknown): { readonly ok: false; readonly failure: Failure } {
  const said = error instanceof Error ? error.message : String(error);
  const text = /ENOSPC|EDQUOT/.test(said)
    ? `No space left on device: ${said}`
    : said.replace(/^(EACCES|EPERM):/, "Permission denied:");
  return gitFailed(what, { code: null, stdout: Buffer.alloc(0), said: text });
}

/** The text of a call that must have ended with 0. */
export function textOf(what: string, run: GitRun): Result<string, Failure> {
  return run.code === 0 ? { ok: true, value: run.stdout.toString("utf8") } : gitFailed(what, run);
}

function lastWords(run: GitRun): string {
  const line = run.said.split("\n").findLast((text) => text.trim() !== "");
  if (line !== undefined) return `Git says: ${line.trim()}`;
  return run.code === null ? "Git was ended: it took too long or said too much." : `Git ended with ${run.code}.`;
}

function diskFull(message: string, cause: string): Failure {
  return { code: "try_later", message, cause, hint: "Do this: free disk space.", retry: "later" };
}

function noGit(message: string): Failure {
  return {
    code: "failed",
    message,
    cause: "There is no git on PATH.",
    hint: "Do this: install git 2.39 or newer.",
    retry: "never",
  };
}
