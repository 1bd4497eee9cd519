/**
 * Where text of recordings is redacted: whatever the fold keeps of a line passes through here, and is shortened after.
 * A secret cut in two is no longer recognised, so what lies near a cut of raw text is never kept.
 */
import { hashParts } from "../../../kit/hash.ts";
import { clip, storable } from "../../../kit/text.ts";
import { LONGEST_SECRET, type Redacted } from "../../../model/redacted.ts";

/** Each way keeps as much as its place in the store needs. */
export interface Excerpts {
  readonly none: Redacted;
  message(text: string): Redacted;
  input(text: string): Redacted;
  output(text: string): Redacted;
  detail(text: string): Redacted;
  /** A short word that recordings repeat: a tool, a model, a command family. */
  word(text: string): Redacted;
  /** An id as it stands; one that holds a secret becomes another id, the same each time, so that rows still join. */
  id(text: string): string;
}

const LIMITS = { message: 32_000, input: 4_000, outputStart: 600, outputEnd: 1_400, detail: 500, word: 80 } as const;
/**
 * So much raw text is redacted beyond what is kept, and so much of the redacted text is dropped at the cut: redaction
 * shrinks text, and would else draw the half secret at the raw edge into what is kept.
 */
const MARGIN = LONGEST_SECRET;

/** Words kept with their redacted form, so that the same few are not judged on every line. */
const KNOWN_WORDS = 1_000;

export function excerpts(redact: Redact): Excerpts {
  const words = new Map<string, Redacted>();
  const short = (text: string, limit: number): Redacted => clipRedacted(redactedStart(text, limit, redact), limit);
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
    id: (text) => idWithoutSecret(text, redact),
  };
}

/** The start says what ran, the end says how it went: both are kept, the middle is not. */
function outputExcerpt(text: string, redact: Redact): Redacted {
  const { outputStart, outputEnd } = LIMITS;
  if (text.length > outputStart + outputEnd + 2 * MARGIN) {
    const start = redactedStart(text, outputStart, redact).slice(0, outputStart);
    return joined(start, redactedEnd(text, outputEnd, redact).slice(-outputEnd));
  }
  const whole = redact(storable(text));
  if (whole.length <= outputStart + outputEnd) return whole;
  return joined(whole.slice(0, outputStart), whole.slice(-outputEnd));
}

type Redact = (text: string) => Redacted;

/** The start of `text`, redacted: all of it, or `limit` characters at most without what lies near the raw cut. */
function redactedStart(text: string, limit: number, redact: Redact): string {
  if (text.length <= limit + MARGIN) return redact(storable(text));
  return redact(storable(text.slice(0, limit + MARGIN))).slice(0, -MARGIN);
}

/** The end of `text`, redacted, in the same way. */
function redactedEnd(text: string, limit: number, redact: Redact): string {
  return redact(storable(text.slice(-limit - MARGIN))).slice(MARGIN);
}

/** What Codex names threads, turns and nested calls: no secret but a UUID looks like it. */
const PLAIN_ID = /^(?:exec-)?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$|^\d{1,20}$/;

/**
 * A prefix proves nothing: a token behind `call_` looks like the random tail of a true id. So every id but a plain one is
 * judged whole. What stands for it is a hash of the redacted id: a hash of the id could be guessed at.
 */
function idWithoutSecret(text: string, redact: Redact): string {
  if (PLAIN_ID.test(text)) return text;
  const redacted = redact(text);
  return redacted === text ? text : `id-${hashParts(redacted).slice(0, 16)}`;
}

function joined(start: string, end: string): Redacted {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- parts of redacted text are redacted text.
  return `${start.toWellFormed()}\n…\n${end.toWellFormed()}` as Redacted;
}

function clipRedacted(text: string, limit: number): Redacted {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a part of redacted text is redacted text.
  return clip(text, limit) as Redacted;
}
