import * as yaml from "yaml";
import type { z } from "zod";
import { fail, ok, type Result } from "../kit/result.ts";
import { nearest } from "../kit/text.ts";
import type { Problem } from "../model/problem.ts";

/** Bytes of a file that people write; more is a mistake, and is not parsed. */
export const LARGEST_YAML: number = 256 * 1024;

/** A file that people write. `file` is how it is named in messages. */
export interface WrittenFile {
  readonly file: string;
  readonly text: string;
}

/** A value that was read, and where each part of it stands. */
export interface Placed<T> {
  readonly value: T;
  /** `file:line:column` of a part, e.g. of `["rules", 0, "when"]`; of its nearest parent where it is not there itself. */
  readonly at: (path: readonly PropertyKey[]) => string;
}

/** Reads YAML by a strict schema: all mistakes at once, each with its place; unknown keys with the nearest known one. */
export function readStrictYaml<T>(
  { file, text }: WrittenFile,
  schema: z.ZodType<T>,
): Result<Placed<T>, readonly Problem[]> {
  if (Buffer.byteLength(text) > LARGEST_YAML) return fail([tooLarge(file)]);
  const lines = new yaml.LineCounter();
  const document = yaml.parseDocument(text, { lineCounter: lines });
  const place = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${Math.max(1, line)}:${Math.max(1, col)}`;
  };
  const broken = [
    ...document.errors.map((error) => notYaml(place(error.pos[0]), error.code)),
    ...aliases(document, place),
  ];
  if (broken.length > 0) return fail(broken);
  const at = (path: readonly PropertyKey[]): string => place(offsetOf(document, path));
  const read = schema.safeParse(document.toJS() ?? {});
  if (read.success) return ok({ value: read.data, at });
  return fail(read.error.issues.flatMap((issue) => problemsOf(issue, { document, place, at, schema })));
}

interface Context {
  readonly document: yaml.Document;
  readonly schema: z.ZodType;
  readonly place: (offset: number) => string;
  readonly at: (path: readonly PropertyKey[]) => string;
}

function problemsOf(issue: z.core.$ZodIssue, context: Context): readonly Problem[] {
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => unknownKey([...issue.path, key], context));
  const name = issue.path.at(-1);
  const what = typeof name === "string" ? `${name} ` : "";
  return [{ at: context.at(issue.path), message: `${what}${issue.message}.`, hint: "mend this place of the file." }];
}

function unknownKey(path: readonly PropertyKey[], { document, place, schema }: Context): Problem {
  const name = String(path.at(-1));
  const known = keysAt(schema, path.slice(0, -1));
  const close = nearest(name, known);
  const parent = nodeAt(document, path.slice(0, -1));
  const pair = yaml.isMap(parent)
    ? parent.items.find(({ key }) => yaml.isScalar(key) && String(key.value) === name)
    : null;
  const key = pair?.key;
  return {
    at: place((yaml.isNode(key) ? key.range?.[0] : 0) ?? 0),
    message: `${name} is not a known key${close === null ? "." : `; did you mean ${close}?`}`,
    hint: `known here: ${known.join(", ")}.`,
  };
}

/** The names that a schema knows at a path, through optional parts, lists and choices. */
function keysAt(schema: unknown, path: readonly PropertyKey[]): readonly string[] {
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

function nodeAt(document: yaml.Document, path: readonly PropertyKey[]): unknown {
  return path.length === 0 ? document.contents : document.getIn(path, true);
}

function offsetOf(document: yaml.Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = nodeAt(document, path.slice(0, length));
    if (yaml.isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

/** The parser's own sentences quote the file, its codes do not. */
function notYaml(at: string, code: string): Problem {
  const reason = code.toLowerCase().replaceAll("_", " ");
  return { at, message: `this is not YAML: ${reason}.`, hint: "mend that line; `key: value` is expected." };
}

/** A few lines of aliases can stand for gigabytes. */
function aliases(document: yaml.Document, place: (offset: number) => string): readonly Problem[] {
  const found: Problem[] = [];
  yaml.visit(document, {
    Alias: (_key, node) => {
      const at = place(node.range?.[0] ?? 0);
      found.push({ at, message: "aliases are not taken.", hint: "write the value out." });
      return yaml.visit.BREAK;
    },
  });
  return found;
}

function tooLarge(file: string): Problem {
  const kilobytes = LARGEST_YAML / 1024;
  return {
    at: `${file}:1:1`,
    message: `the file is larger than ${kilobytes} KiB.`,
    hint: `keep it below ${kilobytes} KiB.`,
  };
}
