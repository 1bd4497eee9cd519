import { buildCommand, type BaseArgs, type Command, type TypedCommandParameters } from "@stricli/core";
import type { Context } from "./context.ts";
import { unexpected } from "./unexpected.ts";

export interface CommandSpec<Flags extends Readonly<Partial<Record<keyof Flags, unknown>>>, Args extends BaseArgs> {
  readonly brief: string;
  /** Whole command lines, the most useful first; `--help` leads with them. */
  readonly examples: readonly string[];
  readonly parameters: TypedCommandParameters<Flags, Args, Context>;
  /** Does the work and returns the exit code. */
  readonly run: (context: Context, flags: Flags, ...args: Args) => Promise<number>;
}

/** A command of the application: examples in its help, an exit code from its work, bugs reported as such. */
export function command<
  const Flags extends Readonly<Partial<Record<keyof Flags, unknown>>>,
  const Args extends BaseArgs,
>(spec: CommandSpec<Flags, Args>): Command<Context> {
  return buildCommand<Flags, Args, Context>({
    parameters: spec.parameters,
    docs: { brief: spec.brief, fullDescription: spec.examples.join("\n") },
    async func(this: Context, flags: Flags, ...args: Args): Promise<void> {
      this.process.exitCode = await spec.run(this, flags, ...args).catch((error: unknown) => unexpected(error, this));
    },
  });
}

/** Parsers of flag values; a wrong value is a usage error with the reason. */
export function text(input: string): string {
  return input;
}

export function wholeNumber(input: string): number {
  const value = Number(input);
  if (!Number.isInteger(value) || value < 0) throw new SyntaxError(`"${input}" is not a whole number`);
  if (value > LARGEST) throw new SyntaxError(`"${input}" is more than ${LARGEST}`);
  return value;
}

/** No counter, cap or age of ours is larger, and sums of many such numbers are still exact. */
const LARGEST = 1_000_000_000_000;

/** A whole number from 1 to `most`. */
export function upTo(most: number): (input: string) => number {
  return (input) => {
    const value = wholeNumber(input);
    if (value < 1 || value > most) throw new SyntaxError(`"${input}" is not a whole number from 1 to ${most}`);
    return value;
  };
}

/** `--codex-home`, the same wherever recordings are read. */
export const codexHomeFlag = {
  kind: "parsed",
  parse: (input: string): string => input,
  optional: true,
  brief: "Codex home to read; default $CODEX_HOME or ~/.codex",
  placeholder: "DIR",
} as const;

/** `--days`, the same wherever a figure looks back. */
export const daysFlag = {
  kind: "parsed",
  parse: (input: string): number => upTo(36_500)(input),
  optional: true,
  brief: "Days to look back; default 30",
  placeholder: "N",
} as const;
