/** Parts that profile and policy are both written with. */
import { z } from "zod";
import { globProblem } from "../kit/glob.ts";
import type { CommandLine } from "../model/profile.ts";

export const GLOB: z.ZodType<string> = z.string("must be a glob of paths").superRefine((glob, context) => {
  const problem = globProblem(glob);
  if (problem !== null) context.addIssue({ code: "custom", message: `glob ${problem}` });
});

export const GLOBS: z.ZodType<readonly string[]> = z.array(GLOB, "must be a list of globs");

/** A list of globs that can take something. */
export const TAKING_GLOBS: z.ZodType<readonly string[]> = z
  .array(GLOB, "must be a list of globs")
  .refine((globs) => globs.some((glob) => !glob.startsWith("!")), "must name a glob without !, or it takes nothing");

export const NAMES: z.ZodType<readonly string[]> = z
  .array(z.string("must be a name").trim().min(1, "must not be empty"), "must be a list of names")
  .min(1, "must name at least one");

/** An argument list, or one line for a shell. A program with a blank in its name is a line in the wrong place. */
export const COMMAND_LINE: z.ZodType<CommandLine> = z
  .union([z.string(), z.array(z.string())], { error: "must be an argument list or one shell line" })
  .superRefine((command, context) => {
    const problem = commandProblem(command);
    if (problem !== null) context.addIssue({ code: "custom", message: problem });
  });

/** Why a command cannot be run, or `null`. */
export function commandProblem(command: CommandLine): string | null {
  const words = typeof command === "string" ? [command] : command;
  const [program = ""] = words;
  if (program.trim() === "") return "must not be empty";
  if (words.some((word) => word.includes("\u0000"))) return "must not hold a NUL character";
  if (typeof command === "string" || !/\s/.test(program)) return null;
  return "is an argument list, so its first word is a program: give each argument a word of its own, or write the line as text";
}

export function wholeNumber(from: number, to: number): z.ZodType<number> {
  const what = `must be a whole number from ${from} to ${to}`;
  return z.int(what).min(from, what).max(to, what);
}
