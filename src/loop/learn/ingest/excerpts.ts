import { clip, storable } from "../../../kit/text.ts";
import type { Redacted } from "../../../model/redacted.ts";

/** Redacts and shortens text from recordings. Redaction comes first: a secret cut in two is no longer recognised. */
export interface Excerpts {
  readonly none: Redacted;
  message(text: string): Redacted;
  input(text: string): Redacted;
  output(text: string): Redacted;
  detail(text: string): Redacted;
  /** A short word that recordings repeat: a tool, a model, a command family. */
  word(text: string): Redacted;
}

const LIMITS = { message: 32_000, input: 4_000, outputStart: 600, outputEnd: 1_400, detail: 500, word: 80 } as const;
/** How much is redacted beyond what is kept, so that a secret over the cut is still seen whole. */
const MARGIN = 4_000;

/** Words kept with their redacted form, so that the same few are not judged on every line. */
const KNOWN_WORDS = 1_000;

export function excerpts(redact: (text: string) => Redacted): Excerpts {
  const words = new Map<string, Redacted>();
  const short = (text: string, limit: number): Redacted =>
    clipRedacted(redact(storable(text.slice(0, limit + MARGIN))), limit);
  return {
    none: redact(""),
    message: (text) => short(text, LIMITS.message),
    input: (text) => short(text, LIMITS.input),
    detail: (text) => short(text, LIMITS.detail),
    output: (text) => outputExcerpt(text, redact),
    word: (text) => {
      const known = words.get(text);
      if (known !== undefined) return known;
      if (words.size >= KNOWN_WORDS) words.clear();
      const word = short(text, LIMITS.word);
      words.set(text, word);
      return word;
    },
  };
}

/** The start says what ran, the end says how it went: both are kept, the middle is not. */
function outputExcerpt(text: string, redact: (text: string) => Redacted): Redacted {
  const keep = LIMITS.outputStart + LIMITS.outputEnd;
  if (text.length <= keep + 2 * MARGIN) {
    const whole = redact(storable(text));
    if (whole.length <= keep) return whole;
    return joined(whole.slice(0, LIMITS.outputStart), whole.slice(-LIMITS.outputEnd));
  }
  const start = redact(storable(text.slice(0, LIMITS.outputStart + MARGIN)));
  const end = redact(storable(text.slice(-LIMITS.outputEnd - MARGIN)));
  return joined(start.slice(0, LIMITS.outputStart), end.slice(-LIMITS.outputEnd));
}

function joined(start: string, end: string): Redacted {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- parts of redacted text are redacted text.
  return `${start.toWellFormed()}\n…\n${end.toWellFormed()}` as Redacted;
}

function clipRedacted(text: Redacted, limit: number): Redacted {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a part of redacted text is redacted text.
  return clip(text, limit) as Redacted;
}
