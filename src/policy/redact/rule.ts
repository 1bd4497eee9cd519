/**
 * How sure a rule is. `definite`: the text itself has the shape of a credential. `candidate`: only the name in front of
 * it says so (`password = …`), so the tag keeps the length, and a reader can tell a wrong hit.
 */
export type Confidence = "definite" | "candidate";

/** A secret inside a text: UTF-16 offsets, end exclusive. */
export interface Finding {
  readonly kind: string;
  readonly confidence: Confidence;
  readonly start: number;
  readonly end: number;
}

/** One way to recognise secrets. */
export interface Rule {
  /** What the tag says the secret was: lower-case words joined by dashes. */
  readonly kind: string;
  /**
   * Where to look: three characters that the rule's text always has, each a literal, an escaped literal or a class
   * (`gh[pour]`, `\\.at`, `[0-9]Q~`). Of a longer fragment the first three are read.
   */
  readonly anchors: readonly string[];
  /**
   * The secret when the text matches with the anchor at `anchor`, else `null`. Must take time bounded by a constant when it
   * finds nothing and by the finding's length when it does: this is what keeps hostile input linear.
   */
  readonly find: (text: string, anchor: number) => Finding | null;
  /** Knows a format by itself, and so names a secret better than a rule that found it by its surroundings. */
  readonly names: boolean;
}

export interface PatternOptions {
  readonly kind: string;
  readonly anchors: readonly string[];
  /**
   * Source of a regular expression that starts at the anchor (`offset` characters before it). Group `head` is matched but kept, group `lead` (inside a
   * lookbehind) is what stands before the anchor and goes too; group `secret` is what goes, by default the whole match.
   */
  readonly pattern: string;
  readonly flags?: string;
  readonly offset?: number;
  /** The match must not start in the middle of a word. For prefixes that ordinary words contain (`sk-` in `task-`). */
  readonly edge?: boolean;
  readonly names?: boolean;
  /** A last look at the secret, for what an expression cannot say. */
  readonly accept?: (secret: string) => boolean;
}

/** A rule that is one regular expression, tried only at its anchors. */
export function patternRule(options: PatternOptions): Rule {
  // `lastIndex` is set before every use and never read after it, so sharing the expression shares no state.
  const expression = new RegExp(options.pattern, `y${options.flags ?? ""}`);
  const offset = options.offset ?? 0;
  const find = (text: string, anchor: number): Finding | null => {
    if (anchor < offset) return null;
    const at = anchor - offset;
    expression.lastIndex = at;
    const match = expression.exec(text);
    if (match === null) return null;
    const { head = "", lead = "", secret } = match.groups ?? {};
    const start = at + head.length - lead.length;
    const end = secret === undefined ? at + match[0].length : at + head.length + secret.length;
    if (options.edge === true && !startsWord(text, at - lead.length)) return null;
    if (options.accept?.(text.slice(start, end)) === false) return null;
    return { kind: options.kind, confidence: "definite", start, end };
  };
  return { kind: options.kind, anchors: options.anchors, find, names: options.names ?? false };
}

/** What may stand before a word besides a sign: an escape (`\n`, `%3D`) or the end of a terminal colour. */
const WORD_START = /(?:^|[^A-Za-z0-9]|\\[nrtfbv0]|\\u00[0-9a-fA-F]{2}|%[0-9A-Fa-f]{2}|\[[0-9;]{0,12}m)$/;

function startsWord(text: string, at: number): boolean {
  return WORD_START.test(text.slice(Math.max(0, at - 16), at));
}
