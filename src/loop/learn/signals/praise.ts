import { tokenSet } from "../../../math/token-sets.ts";
import { THRESHOLDS } from "./thresholds.ts";

const PRAISE = [
  /\b(?:great|good|nice|excellent|amazing|awesome|fantastic|superb|wonderful|brilliant|perfect|beautiful|lovely) (?:job|work|stuff|catch|find|solution|one)\b/g,
  /\bwell done\b/g,
  /\b(?:works|working|worked|runs) (?:great|perfectly|beautifully|flawlessly|nicely|like a charm)\b/g,
  /\bexactly what (?:i|we) (?:wanted|needed|asked for|had in mind|was looking for|were looking for)\b/g,
  /\bi (?:really )?love (?:it|this)\b/g,
  /\b(?:that|this|it)(?:['’]s| is| looks) (?:just |really |absolutely )?(?:perfect|great|excellent|awesome|amazing|brilliant|fantastic|wonderful|beautiful)\b/g,
  /\byou(?:['’]re| are) (?:awesome|amazing|the best|brilliant|a genius)\b/g,
  /^\s*(?:perfect|awesome|excellent|brilliant|fantastic|amazing|lovely|wonderful|great)\s*(?:[.!,]|$)/g,
  /\b(?:thanks|thank you) (?:so|very) much\b/g,
];
const THANKS = /^\s*(?:many )?(?:thanks|thank you|thx)\b/;
/** What turns praise round when it stands shortly before it. */
const NEGATION =
  /(?:\bnot|n['’]t|\bnever|\bhardly|\bno|\bif|\bwould be|\bcould be|\bshould be|\bwill be|\buntil|\bmake sure)\b[^.!?\n]{0,20}$/;

/** True when a text that is the person's own words praises what was done; a bare thanks counts when it is short. English. */
export function isPraise(words: string): boolean {
  const text = words.toLowerCase();
  if (THANKS.test(text) && tokenSet(text).size <= THRESHOLDS.thanksWords.value) return true;
  return PRAISE.some((phrase) =>
    [...text.matchAll(phrase)].some((hit) => !NEGATION.test(text.slice(Math.max(0, hit.index - 40), hit.index))),
  );
}
