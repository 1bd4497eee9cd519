import { run } from "@stricli/core";
import type { Failure } from "../model/failure.ts";
import { app } from "./app.ts";
import { newContext, type Collected, type Context, type Surroundings } from "./context.ts";
import { splitGlobals } from "./globals.ts";
import { interruptible } from "./interrupts.ts";
import { unexpected } from "./unexpected.ts";

/** argv in, exit code out. `around` is the process itself unless a test says otherwise. */
export async function runCli(argv: readonly string[], around: Surroundings = interruptible(process)): Promise<number> {
  const { globals, rest, missingValue } = splitGlobals(argv);
  const collected: Collected = { text: "" };
  const context = newContext(globals, around, collected);
  if (missingValue !== null)
    return context.output.fail(usageFailure(`${missingValue} needs a value.`, `Do this: ${missingValue} PATH`));
  try {
    await run(app, rest.length === 0 ? ["--help"] : rest, context);
  } catch (error) {
    return unexpected(error, context);
  }
  return exitCode(context, collected);
}

/** The framework's own codes are negative: its usage errors become 2, a throw inside a command was already reported. */
function exitCode(context: Context, collected: Collected): number {
  const code = Number(context.process.exitCode ?? 0);
  if (code >= 0) return code;
  const [what = "The command line could not be read.", ...more] = collected.text.trim().split("\n");
  return context.output.fail(usageFailure(what, more.join(" ").trim() || "Do this: codex-loop --help"));
}

function usageFailure(message: string, hint: string): Failure {
  return { code: "usage", message, cause: "The command line does not fit any command.", hint, retry: "never" };
}
