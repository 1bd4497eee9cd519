import { hashParts } from "../../kit/hash.ts";

/**
 * What stands in place of a secret: `[redacted:github-token:3fa9c1]`. The six hex digits come from the secret and the
 * store's salt: equal secrets get equal tags in every text of one store, and the tag helps nobody to guess.
 */
export function secretTag(kind: string, secret: string, salt: string): string {
  return `[redacted:${kind}:${hashParts(salt, secret).slice(0, 6)}]`;
}

export const TAG_START = "[redacted:";
export const LONGEST_TAG = 64;
/** Source of an expression for exactly one tag. */
export const TAG_PATTERN = "\\[redacted:[a-z0-9][a-z0-9-]{0,39}:[0-9a-f]{6}\\]";
const TAG = new RegExp(TAG_PATTERN, "y");

/** Offset behind the tag that starts at `at`, or `null` when none does. */
export function tagEnd(text: string, at: number): number | null {
  TAG.lastIndex = at;
  return TAG.test(text) ? TAG.lastIndex : null;
}
