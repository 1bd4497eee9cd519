/** Control characters, and the marks that turn the direction of text: a recording must not steer the reader's terminal. */
const STEERING = /[\p{Cc}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu;

/** Foreign text as one line that a terminal only shows: runs of white space become one space, the rest visible signs. */
export function visible(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim().replaceAll(STEERING, signOf);
}

/** `␛` for an escape; a replacement character for what has no sign of its own. */
function signOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code === 0x7f) return "\u2421";
  return code < 0x20 ? String.fromCodePoint(0x2400 + code) : "\uFFFD";
}
