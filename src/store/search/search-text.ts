import type { SearchHit } from "../dialect.ts";
import type { Reader } from "../store.ts";
import { excerptOf } from "./excerpt.ts";
import { phrasesOf } from "./phrases.ts";

const DEFAULT_LIMIT = 20;

/** A hit with the words around it. */
export interface FoundText extends Omit<SearchHit, "text"> {
  readonly excerpt: string;
}

/** What people and the agent said, and the commands they ran, that hold every word of `words`; the best first. */
export async function searchText(
  reader: Reader,
  words: string,
  options: { readonly limit?: number } = {},
): Promise<readonly FoundText[]> {
  const hits = await reader.dialect.search(reader, words, options.limit ?? DEFAULT_LIMIT);
  const phrases = phrasesOf(words);
  return hits.map(({ text, ...hit }) => ({ ...hit, excerpt: excerptOf(text, phrases) }));
}
