import { isObject } from "../../kit/json.ts";
import { ATTEMPT_FAILURES, isAttemptFailureCode } from "../../model/attempt-failure.ts";
import { notOneOf, quoted, unknownKey, type Mistake } from "../mistake.ts";
import { schemaMistakes } from "../schema-mistakes.ts";
import { MOST_STEPS, STEP_HINTS, STEP_WORDS, stepForms, type StepWord } from "./script.ts";

/** A union of seven forms would say of every mistake that none of the seven fits. */
export function mistakesIn(value: unknown): readonly Mistake[] {
  if (!isObject(value)) return [wrong([], "a script is a mapping with `steps: […]`")];
  const strangers = Object.keys(value).filter((key) => key !== "steps");
  const { steps } = value;
  return [
    ...strangers.map((key) => unknownKey([key], ["steps"])),
    ...(steps === undefined && strangers.length > 0 ? [] : stepsMistakes(steps)),
  ];
}

function stepsMistakes(steps: unknown): readonly Mistake[] {
  if (steps === undefined) return [wrong([], "steps must be a list of steps, and is missing")];
  if (!Array.isArray(steps)) return [wrong(["steps"], "steps must be a list of steps")];
  if (steps.length === 0) return [wrong(["steps"], "steps is empty, so there is nothing to play")];
  if (steps.length > MOST_STEPS) return [wrong(["steps"], `a script has at most ${MOST_STEPS} steps`)];
  return steps.flatMap((step: unknown, index) => stepMistakes(step, ["steps", index]));
}

function stepMistakes(step: unknown, path: Mistake["path"]): readonly Mistake[] {
  const keys = isObject(step) ? Object.keys(step) : [];
  const count = keys.length === 1 ? [] : [wrong(path, `a step has exactly one of ${STEP_WORDS.join(", ")}`)];
  return [
    ...count,
    ...keys.flatMap((word) =>
      isStepWord(word)
        ? wordMistakes(word, isObject(step) ? step[word] : undefined, [...path, word])
        : [unknownKey([...path, word], STEP_WORDS)],
    ),
  ];
}

/** What stands behind the word of a step. */
function wordMistakes(word: StepWord, given: unknown, path: Mistake["path"]): readonly Mistake[] {
  if (word === "fail") return failMistakes(given, path);
  const form = stepForms()[word];
  const read = form.safeParse(given);
  const hint = `write ${STEP_HINTS[word]}`;
  const found = read.success ? [] : schemaMistakes(form, given, read.error.issues);
  // A known word for the member, else that of the step.
  const named = found.map((mistake) => {
    const inside = { ...mistake, path: [...path, ...mistake.path] };
    if (mistake.of === "key") return inside;
    return { ...inside, hint, message: `expected ${STEP_HINTS[word]}` };
  });
  return [...named, ...(word === "write" ? reachMistakes(given, path) : [])];
}

function failMistakes(given: unknown, path: Mistake["path"]): readonly Mistake[] {
  if (typeof given === "string" && isAttemptFailureCode(given)) return [];
  const guess = notOneOf(given, Object.keys(ATTEMPT_FAILURES));
  return [wrong(path, `expected ${STEP_HINTS.fail}, ${guess}`)];
}

/** A script works in the tree of its attempt: what it would write elsewhere is no part of any change. */
function reachMistakes(given: unknown, path: Mistake["path"]): readonly Mistake[] {
  const file = isObject(given) ? given["path"] : undefined;
  if (typeof file !== "string") return [];
  const parts = file.split("/");
  const where = [...path, "path"];
  if (file.startsWith("/") || leavesItsFolder(parts))
    return [wrong(where, `${quoted(file)} is outside of the work tree, where nothing can be written`)];
  if (parts.some((part) => part.toLowerCase() === ".git"))
    return [wrong(where, `${quoted(file)} is in .git, which is no part of a change`)];
  return [];
}

function leavesItsFolder(parts: readonly string[]): boolean {
  let depth = 0;
  return parts.some((part) => {
    depth += part === ".." ? -1 : part === "." || part === "" ? 0 : 1;
    return depth < 0;
  });
}

function isStepWord(word: string): word is StepWord {
  return STEP_WORDS.some((known) => known === word);
}

function wrong(path: Mistake["path"], message: string): Mistake {
  return { path, of: "value", message, hint: "mend this place; docs/formats/script.md has every step" };
}
