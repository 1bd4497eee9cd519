import { isObject } from "../../kit/json.ts";
import { nearest } from "../../kit/text.ts";
import { isAttemptFailureCode } from "../../model/attempt-failure.ts";
import { MOST_STEPS, STEP_HINTS, STEP_WORDS, stepForms, type StepWord } from "./script.ts";

export interface ScriptMistake {
  readonly place: readonly (string | number)[];
  readonly why: string;
}

/** What is wrong first with something that should be a script, or `null`. */
export function mistakeIn(value: unknown): ScriptMistake | null {
  if (!isObject(value)) return { place: [], why: "A script is a mapping with `steps: […]`." };
  const stranger = Object.keys(value).find((key) => key !== "steps");
  if (stranger !== undefined) return { place: [stranger], why: `${stranger} is nothing a script has: only steps.` };
  const { steps } = value;
  if (!Array.isArray(steps)) return { place: ["steps"], why: "`steps` has to be a list." };
  if (steps.length > MOST_STEPS) return { place: ["steps"], why: `A script has at most ${MOST_STEPS} steps.` };
  for (const [index, step] of steps.entries()) {
    const mistake = mistakeOfStep(step);
    if (mistake !== null) return { place: ["steps", index, ...mistake.place], why: mistake.why };
  }
  return null;
}

function mistakeOfStep(step: unknown): ScriptMistake | null {
  const keys = isObject(step) ? Object.keys(step) : [];
  const [word] = keys;
  if (!isObject(step) || word === undefined || keys.length > 1)
    return { place: [], why: `A step has exactly one of ${STEP_WORDS.join(", ")}.` };
  if (!isStepWord(word)) return { place: [word], why: unknownWord(word) };
  if (word === "fail" && !isFailureCode(step[word])) return { place: [word], why: `Expected ${STEP_HINTS.fail}.` };
  const parsed = stepForms()[word].safeParse(step[word]);
  if (parsed.success) return null;
  const inside = parsed.error.issues[0]?.path.map((part) => (typeof part === "symbol" ? String(part) : part)) ?? [];
  return { place: [word, ...inside], why: `Expected ${STEP_HINTS[word]}.` };
}

function isFailureCode(value: unknown): boolean {
  return typeof value === "string" && isAttemptFailureCode(value);
}

function isStepWord(word: string): word is StepWord {
  return STEP_WORDS.some((known) => known === word);
}

function unknownWord(word: string): string {
  const guess = nearest(word, STEP_WORDS);
  return `${word} is no step${guess === null ? `: there are ${STEP_WORDS.join(", ")}` : `; did you mean ${guess}?`}`;
}
