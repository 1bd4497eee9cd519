import type { Rule } from "./rule.ts";
import { TAG_PATTERN } from "./tag.ts";

export const KNOWN_KIND = "known";

/** Shorter values are too common as ordinary words to be taken out of every text. */
const MIN_LENGTH = 6;

/** Exact secrets in every form they may have been written in; see `knownValues`. */
export interface KnownValues {
  /** One rule per form, to learn cheaply whether a text has any of them. */
  readonly rules: readonly Rule[];
  /** `text` with each known value replaced by what `replacement` makes of the value as it was given. */
  readonly replace: (text: string, replacement: (value: string) => string) => string;
}

/**
 * Prepares exact secrets for searching: as they are, JSON-escaped, URL-encoded, and base64-encoded at each of the three
 * ways they can lie in a longer encoded text (`user:secret`). Values under six characters are left out.
 */
export function knownValues(values: readonly string[]): KnownValues {
  const origin = new Map<string, string>();
  for (const value of values) {
    if (value.length < MIN_LENGTH) continue;
    for (const form of formsOf(value)) if (!origin.has(form)) origin.set(form, value);
  }
  if (origin.size === 0) return { rules: [], replace: (text) => text };
  const longestFirst = [...origin.keys()].toSorted((left, right) => right.length - left.length);
  // Tags are matched first and left alone, so that a value which happens to look like part of one does not break it.
  const expression = new RegExp([TAG_PATTERN, ...longestFirst.map(literal)].join("|"), "g");
  return {
    rules: longestFirst.map(formRule),
    replace: (text, replacement) =>
      text.replace(expression, (match) => {
        const value = origin.get(match);
        return value === undefined ? match : replacement(value);
      }),
  };
}

function formRule(form: string): Rule {
  const anchor = Array.from({ length: 3 }, (_, at) => `\\${form.charAt(at)}`).join("");
  const find: Rule["find"] = (text, at) =>
    text.startsWith(form, at) ? { kind: KNOWN_KIND, confidence: "definite", start: at, end: at + form.length } : null;
  return { kind: KNOWN_KIND, anchors: [anchor], find, names: true };
}

function formsOf(value: string): Set<string> {
  const forms = new Set([value, JSON.stringify(value).slice(1, -1), encodeURIComponent(value.toWellFormed())]);
  forms.add(encodeURIComponent(value.toWellFormed()).replaceAll("%20", "+"));
  for (const shift of [0, 1, 2]) {
    const core = base64Core(Buffer.from(value, "utf8"), shift);
    if (core.length < MIN_LENGTH) continue;
    forms.add(core);
    forms.add(core.replaceAll("+", "-").replaceAll("/", "_"));
    forms.add(encodeURIComponent(core));
  }
  return forms;
}

/** The base64 characters that depend on `bytes` alone when `shift` other bytes stand before them in their group of three. */
function base64Core(bytes: Buffer, shift: number): string {
  const encoded = Buffer.concat([Buffer.alloc(shift), bytes]).toString("base64");
  const first = Math.ceil((shift * 4) / 3);
  const last = Math.floor(((shift + bytes.length) * 8) / 6);
  return encoded.slice(first, last);
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}
