import { z } from "zod";

/** One thing that a scripted agent does. */
export type ScriptStep =
  | { readonly write: { readonly path: string; readonly text: string } }
  | { readonly run: readonly string[] }
  | { readonly say: string }
  | { readonly ask: { readonly command: readonly string[]; readonly reason: string } }
  /** Tokens that a model would have used. */
  | { readonly usage: { readonly input: number; readonly output: number } }
  /** Seconds. */
  | { readonly sleep: number }
  /** A code of `attempt-failure.ts`. */
  | { readonly fail: string };

/** What a scripted agent replays, in order, within one turn. */
export interface Script {
  readonly steps: readonly ScriptStep[];
}

export const STEP_WORDS = ["write", "run", "say", "ask", "usage", "sleep", "fail"] as const;
export type StepWord = (typeof STEP_WORDS)[number];

export const MOST_STEPS = 10_000;
const LARGEST_FILE = 10_000_000;
const LONGEST_SLEEP = 3_600;

const words = (): z.ZodType => z.array(z.string()).min(1);
const count = (): z.ZodType => z.number().int().min(0).max(1_000_000_000);

/** The form of what stands behind each word. */
export function stepForms(): Readonly<Record<StepWord, z.ZodType>> {
  return {
    write: z.strictObject({ path: z.string().min(1), text: z.string().max(LARGEST_FILE) }),
    run: words(),
    say: z.string(),
    ask: z.strictObject({ command: words(), reason: z.string() }),
    usage: z.strictObject({ input: count(), output: count() }),
    sleep: z.number().min(0).max(LONGEST_SLEEP),
    fail: z.string(),
  };
}

/** What each form is, said to the person who missed it. */
export const STEP_HINTS: Readonly<Record<StepWord, string>> = {
  write: "write: {path: FILE, text: TEXT}",
  run: "run: [PROGRAM, ARGUMENT…]",
  say: "say: TEXT",
  ask: "ask: {command: [PROGRAM, ARGUMENT…], reason: TEXT}",
  usage: "usage: {input: TOKENS, output: TOKENS}",
  sleep: "sleep: SECONDS, at most 3600",
  fail: "fail: CODE, such as AGENT_FAILED",
};
