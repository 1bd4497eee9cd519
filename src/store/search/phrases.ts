/**
 * What a person typed as phrases of words: `src/main.ts "denied"` is [["src","main","ts"],["denied"]]. Both stores cut
 * text at everything that is neither letter nor digit, so a path or a flag is a phrase. Operators mean nothing here.
 */
export function phrasesOf(typed: string): readonly (readonly string[])[] {
  return typed
    .split(/\s+/u)
    .map((part) => part.match(/[\p{L}\p{N}]+/gu) ?? [])
    .filter((phrase) => phrase.length > 0);
}
