import type { Failure } from "../model/failure.ts";
import { newContext, type Collected, type Context, type Surroundings } from "./context.ts";
import { splitGlobals } from "./globals.ts";
import { interruptible } from "./interrupts.ts";
import { unexpected } from "./unexpected.ts";

/** argv in, exit code out. `around` is the process itself unless a test says otherwise. */
export async function runCli(argv: readonly string[], around: Surroundings = interruptible(process)): Promise<number> {
  const { globals, rest, missingValue } = splitGlobals(argv);
  const collected: Collected = { text: "" };
  const context = newContext(globals, around, collected);
  if (missingValue !== null) {
    return context.output.fail(withoutValue(missingValue));
  }
  try {
    if (rest.length === 1 && VERSION_WORDS.includes(rest[0] ?? "")) return await printVersion(context);
    const [{ run, ExitCode }, { app }] = await Promise.all([import("@stricli/core"), import("./app.ts")]);
    await run(app, asked(rest), context);
    return await exitCode(context, {
      collected,
      words: rest,
      usageCodes: [ExitCode.UnknownCommand, ExitCode.InvalidArgument],
    });
  } catch (error) {
    return unexpected(error, context);
  }
}

const VERSION_WORDS: readonly string[] = ["--version", "-v"];

/** The number alone, or with `--json` what a bug report should name. The framework is not loaded for it. */
async function printVersion({ output }: Context): Promise<number> {
  const { programVersion } = await import("../world/program.ts");
  const facts = output.json ? (await import("../world/version-facts.ts")).versionFacts() : null;
  output.answer(facts, programVersion);
  return 0;
}

const HELP_TOPICS: readonly string[] = ["exit-codes", "options"];

/** Nothing asks for help, and `help WORD…` for that of a command, as `WORD… --help` does. */
function asked(words: readonly string[]): readonly string[] {
  const [first, second] = words;
  if (first === undefined) return ["--help"];
  const isHelpOfCommand =
    first === "help" && second !== undefined && !HELP_TOPICS.includes(second) && second !== "--help";
  return isHelpOfCommand ? [...words.slice(1), "--help"] : words;
}

interface Said {
  readonly collected: Collected;
  readonly words: readonly string[];
  /** Codes of the framework that mean a mistake on the command line. */
  readonly usageCodes: readonly number[];
}

/** The framework's own codes are negative: what it says of the command line is a usage error, anything else a bug. */
async function exitCode(context: Context, { collected, words, usageCodes }: Said): Promise<number> {
  const code = Number(context.process.exitCode ?? 0);
  if (code >= 0) return code;
  const { usageFailure } = await import("./usage-text.ts");
  const failure = usageCodes.includes(code) ? usageFailure(collected.text, words) : null;
  return failure === null ? unexpected(new Error(collected.text.trim()), context) : context.output.fail(failure);
}

function withoutValue(option: string): Failure {
  const hint = `Do this: ${option} PATH`;
  return {
    code: "usage",
    message: `${option} is missing its value.`,
    cause: "It names the store to use.",
    hint,
    retry: "never",
  };
}
