import { clip } from "../../kit/text.ts";

const LENGTH = 200;
/** How much of an excerpt stands before the hit. */
const BEFORE = 60;

/** One line of `text` around the first word that was looked for, at most 200 characters. */
export function excerptOf(text: string, phrases: readonly (readonly string[])[]): string {
  const flat = text.replaceAll(/\s+/gu, " ").trim();
  const lower = flat.toLowerCase();
  const hits = phrases.map((phrase) => lower.indexOf((phrase[0] ?? "").toLowerCase())).filter((at) => at >= 0);
  const at = hits.length === 0 ? 0 : Math.min(...hits);
  if (at <= BEFORE) return clip(flat, LENGTH);
  const space = flat.indexOf(" ", at - BEFORE);
  const start = space === -1 || space >= at ? at : space + 1;
  return `…${clip(flat.slice(start), LENGTH - 1)}`;
}
