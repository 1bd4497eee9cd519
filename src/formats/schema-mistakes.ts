/** What a schema says against a value, as mistakes with the words that would have been right. */
import type { z } from "zod";
import { isObject } from "../kit/json.ts";
import { notOneOf, unknownKey, type Mistake } from "./mistake.ts";

type Path = readonly PropertyKey[];

export function schemaMistakes(schema: z.ZodType, value: unknown, issues: readonly z.core.$ZodIssue[]): Mistake[] {
  return issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => unknownKey([...issue.path, key], keysAt(schema, issue.path)))
      : [wrongValue(issue, valueAt(value, issue.path))],
  );
}

function wrongValue(issue: z.core.$ZodIssue, given: unknown): Mistake {
  const { path, code } = issue;
  const isWord = code === "invalid_value";
  const name = isWord ? path.findLast((step) => typeof step === "string") : path.at(-1);
  const what = typeof name === "string" ? `${name} ` : "";
  const must = issue.message.startsWith("Invalid input: expected object") ? "must be a mapping of keys" : issue.message;
  const words = isWord ? issue.values.map(String) : [];
  const instead = given === undefined ? ", and is missing" : isWord ? `, ${notOneOf(given, words)}` : "";
  return { path, of: "value", message: `${what}${must}${instead}`, hint: "mend this place of the file" };
}

function valueAt(value: unknown, path: Path): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (Array.isArray(value)) return valueAt(value[Number(step)], rest);
  return isObject(value) ? valueAt(value[String(step)], rest) : undefined;
}

/** The names that a schema knows at a path, through optional parts, lists and choices. */
function keysAt(schema: unknown, path: Path): readonly string[] {
  const { def } = schema as { readonly def: Definition };
  if (def.innerType !== undefined) return keysAt(def.innerType, path);
  const choices = [...(def.options ?? []), ...(def.in === undefined ? [] : [def.in, def.out])];
  if (choices.length > 0) return [...new Set(choices.flatMap((choice) => keysAt(choice, path)))];
  const [step, ...rest] = path;
  if (def.element !== undefined) return keysAt(def.element, step === undefined ? [] : rest);
  if (def.shape === undefined) return [];
  if (step === undefined) return Object.keys(def.shape);
  const member = def.shape[String(step)];
  return member === undefined ? [] : keysAt(member, rest);
}

/** The parts of zod's own description of a schema that lead to the names of its members. */
interface Definition {
  readonly innerType?: unknown;
  readonly in?: unknown;
  readonly out?: unknown;
  readonly options?: readonly unknown[];
  readonly element?: unknown;
  readonly shape?: Readonly<Record<string, unknown>>;
}
