import { searchText } from "../store/search/search-text.ts";
import type { Reader } from "../store/store.ts";
import { holdsSamples } from "./sample.ts";
import type { SearchRow } from "./shapes/search.ts";

/** Full text over what people and the agent said and the commands that were run. */
export async function searchRows(
  reader: Reader,
  query: { readonly text: string; readonly limit: number },
): Promise<readonly SearchRow[]> {
  const sample = await holdsSamples(reader);
  const hits = await searchText(reader, query.text, { limit: query.limit });
  return hits.map((hit) => ({
    session_id: hit.session_id,
    turn_id: hit.turn_id,
    segment: hit.segment,
    line: hit.line,
    excerpt: hit.excerpt,
    score: hit.score,
    source: hit.source,
    sample,
  }));
}
