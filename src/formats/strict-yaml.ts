import * as yaml from "yaml";
import type { z } from "zod";
import { fail, ok, type Result } from "../kit/result.ts";
import type { Problem } from "../model/problem.ts";
import { notText, sentence, tooLarge, type Mistake } from "./mistake.ts";
import { schemaMistakes } from "./schema-mistakes.ts";

/** Bytes of a file that people write; more is a mistake, and is not parsed. */
export const LARGEST_YAML: number = 256 * 1024;

/** A file that people write. `file` is how it is named in messages. */
export interface WrittenFile {
  readonly file: string;
  readonly text: string;
}

/** The form of a file. */
export interface WrittenForm<T> {
  readonly schema: z.ZodType<T>;
  /** Looks at what is written whether or not the schema takes it, so that no mistake waits for another to be mended. */
  readonly together: (written: unknown) => readonly Mistake[];
}

/** Reads YAML by a strict form: all mistakes at once in the order of the file, each with its place and the nearest word. */
export function readStrictYaml<T>({ file, text }: WrittenFile, form: WrittenForm<T>): Result<T, readonly Problem[]> {
  const foreign = notText(file, text);
  if (foreign !== null) return fail([foreign]);
  const bytes = Buffer.byteLength(text);
  if (bytes > LARGEST_YAML) return fail([tooLarge(file, { bytes, limit: LARGEST_YAML })]);
  const lines = new yaml.LineCounter();
  const document = yaml.parseDocument(text, { lineCounter: lines });
  const place = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${Math.max(1, line)}:${Math.max(1, col)}`;
  };
  const broken = brokenParts(document);
  if (broken.length > 0) return fail(broken.map(({ offset, ...said }) => ({ at: place(offset), ...said })));
  const written: unknown = document.toJS() ?? {};
  const read = form.schema.safeParse(written);
  const mistakes = read.success ? [] : schemaMistakes(form.schema, written, read.error.issues);
  const placed = [...mistakes, ...form.together(written)]
    .map((mistake) => ({ offset: offsetOf(document, mistake), mistake }))
    .toSorted((left, right) => left.offset - right.offset);
  if (read.success && placed.length === 0) return ok(read.data);
  return fail(
    placed.map(({ offset, mistake: { message, hint } }) => {
      return { at: place(offset), message: sentence(message), hint: sentence(hint) };
    }),
  );
}

/** Of the key or the value; of the nearest parent where that is not there itself. */
function offsetOf(document: yaml.Document, { path, of }: Mistake): number {
  const name = String(path.at(-1));
  const parent = nodeAt(document, path.slice(0, -1));
  const pair =
    of === "key" && yaml.isMap(parent)
      ? parent.items.find(({ key }) => yaml.isScalar(key) && String(key.value) === name)
      : undefined;
  if (yaml.isNode(pair?.key) && pair.key.range) return pair.key.range[0];
  for (let length = path.length; length >= 0; length -= 1) {
    const node = nodeAt(document, path.slice(0, length));
    if (yaml.isNode(node) && node.range) return node.range[0];
  }
  return 0;
}

function nodeAt(document: yaml.Document, path: readonly PropertyKey[]): unknown {
  return path.length === 0 ? document.contents : document.getIn(path, true);
}

interface Broken {
  readonly offset: number;
  readonly message: string;
  readonly hint: string;
}

/** What is no YAML, and aliases: a few lines of them can stand for gigabytes. */
function brokenParts(document: yaml.Document): readonly Broken[] {
  const found = document.errors.map(({ pos, code }) => {
    // The parser's own sentences quote the file, its codes do not.
    const message = `this is not YAML: ${code.toLowerCase().replaceAll("_", " ")}.`;
    return { offset: pos[0], message, hint: "mend that line; `key: value` is expected." };
  });
  yaml.visit(document, {
    Alias: (_key, node) => {
      const offset = node.range?.[0] ?? 0;
      found.push({ offset, message: "aliases are not taken.", hint: "write the value out." });
    },
  });
  return found;
}
