import type * as YamlModule from "yaml";
import { isObject } from "../../kit/json.ts";
import { fail, ok, type Result } from "../../kit/result.ts";
import { nearest } from "../../kit/text.ts";
import { isAttemptFailureCode } from "../../model/attempt-failure.ts";
import type { Failure } from "../../model/failure.ts";
import {
  MOST_STEPS,
  STEP_HINTS,
  STEP_WORDS,
  stepForms,
  type Script,
  type ScriptStep,
  type StepWord,
} from "./script.ts";

export interface ScriptFile {
  /** As messages name it. */
  readonly path: string;
  readonly text: string;
}

type Place = readonly (string | number)[];

/** Reads the steps of a scripted agent from YAML; the first mistake is named with file, line and column. */
export async function parseScript(file: ScriptFile): Promise<Result<Script, Failure>> {
  const yaml = await import("yaml");
  const lines = new yaml.LineCounter();
  const document = yaml.parseDocument(file.text, { lineCounter: lines });
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${file.path}:${line}:${col}`;
  };
  const broken = document.errors[0];
  if (broken !== undefined) return fail(invalid(at(broken.pos[0]), `This is not YAML: ${codeWords(broken.code)}.`));
  const alias = firstAlias(yaml, document);
  if (alias !== null) return fail(invalid(at(alias), "Aliases are not taken."));
  const mistake = mistakeIn(document.toJS() as unknown);
  if (mistake !== null) return fail(invalid(at(offsetOf(yaml, document, mistake.place)), mistake.why));
  // `mistakeIn` has checked every step against its form.
  return ok(document.toJS() as Script);
}

interface Mistake {
  readonly place: Place;
  readonly why: string;
}

/** The same check for steps that come out of the store: what is wrong first, or `null`. */
export function mistakeIn(value: unknown): Mistake | null {
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

function mistakeOfStep(step: unknown): Mistake | null {
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

/** The word of a step that has passed `mistakeIn`. */
export function wordOf(step: ScriptStep): StepWord {
  const word = STEP_WORDS.find((candidate) => candidate in step);
  if (word === undefined) throw new Error("a step without a word passed the check");
  return word;
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

/** Where the node at `place` starts; of a part that is not there, its nearest parent. */
function offsetOf(yaml: typeof YamlModule, document: YamlModule.Document, place: Place): number {
  for (let length = place.length; length > 0; length -= 1) {
    const node: unknown = document.getIn(place.slice(0, length), true);
    if (yaml.isNode(node) && node.range) return node.range[0];
  }
  return document.contents?.range?.[0] ?? 0;
}

/** Where the first `*alias` stands: a few lines of them can stand for gigabytes. */
function firstAlias(yaml: typeof YamlModule, document: YamlModule.Document): number | null {
  let found: number | null = null;
  yaml.visit(document, {
    Alias: (_key, node) => {
      found = node.range?.[0] ?? 0;
      return yaml.visit.BREAK;
    },
  });
  return found;
}

function codeWords(code: string): string {
  return code.toLowerCase().replaceAll("_", " ");
}

function invalid(at: string, cause: string): Failure {
  return {
    code: "usage",
    message: `${at}: the script cannot be replayed.`,
    cause,
    hint: "Do this: mend that line; docs/formats/script.md has every step.",
    retry: "never",
  };
}
