import type { Redacted } from "../../model/redacted.ts";
import { extendedIndex, findSecrets } from "./find-secrets.ts";
import { KNOWN_KIND, knownValues, type KnownValues } from "./known-values.ts";
import { secretTag } from "./tag.ts";

export interface RedactionOptions {
  /** The store's own random text: the same secret gets the same tag under one salt, and another under another. */
  readonly salt: string;
  /** Secrets that are known exactly: the process's own keys and tokens. */
  readonly known?: readonly string[];
}

/**
 * `text` with known values and everything that the rules take for a secret replaced by tags. Redacting the result again
 * changes nothing. Redact before clipping: a secret that is cut in half has no shape any more.
 */
export function redactText(text: string, options: RedactionOptions): Redacted {
  return redactor(options)(text);
}

/** Prepares the known values once (four megabytes of table) and returns `redactText` for these options. */
export function redactor(options: RedactionOptions): (text: string) => Redacted {
  const known = knownValues(options.known ?? []);
  const prepared = { known, salt: options.salt, index: extendedIndex(known.rules) };
  return (text) => {
    // Nearly all texts end here. A known value that a rule would swallow in part is found out just the same: something
    // was found, so the known values are taken out first and the rules run on what is left.
    const clean = findSecrets(text, prepared.index).length === 0;
    const result = clean ? text : replaceAll(text, prepared);
    // This is the one place that makes `Redacted`: known values and rules are both through.
    return result as Redacted;
  };
}

/**
 * A tag next to a text can give that text a shape it had not before, so the rules run until nothing changes. Every pass
 * leaves less text outside tags; four are more than any text that was not made for it needs.
 */
function replaceAll(text: string, { known, salt }: { known: KnownValues; salt: string }): string {
  let result = known.replace(text, (value) => secretTag(KNOWN_KIND, value, salt));
  for (let pass = 0; pass < 4; pass += 1) {
    const next = replaceFound(result, salt);
    if (next === result) break;
    result = next;
  }
  return result;
}

function replaceFound(text: string, salt: string): string {
  let from = 0;
  let result = "";
  for (const { kind, start, end } of findSecrets(text)) {
    result += text.slice(from, start) + secretTag(kind, text.slice(start, end), salt);
    from = end;
  }
  return result + text.slice(from);
}
