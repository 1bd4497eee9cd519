import { FailureError } from "../model/failure.ts";
import type { Context } from "./context.ts";

/** A `FailureError` is an expected failure that crossed a callback; anything else is a bug and says so. Returns the exit code. */
export function unexpected(error: unknown, context: Context): number {
  if (error instanceof FailureError) return context.output.fail(error.failure);
  const message = error instanceof Error ? error.message : String(error);
  if (context.globals.debug && error instanceof Error) context.stderr.write(`${error.stack ?? message}\n`);
  return context.output.fail({
    code: "failed",
    message: `Something unexpected happened: ${message.split("\n")[0]}`,
    cause: "This is a bug in Codex Loop; what was stored before it is safe.",
    hint: "Do this: run it again with --debug and report what it prints.",
    retry: "never",
  });
}
