import { THRESHOLDS } from "./thresholds.ts";

/** What sounds angry in a text; closed words, so that a description never repeats what was said. */
export type ToneMark = "phrase" | "punctuation" | "capitals";

const ANGRY_PHRASES = [
  /\b(?:that|this|it)(?:['’]s| is| was) (?:just |still |completely |totally |all |so |simply )?(?:wrong|useless|ridiculous|nonsense|unacceptable|garbage|terrible|awful|horrible|stupid|insane)\b/,
  /\b(?:useless|worthless|bullshit|goddamn|damn it|dammit|wtf|ffs|for (?:god|fuck|christ|heaven)['’]?s? sake|what the (?:hell|fuck|heck))\b/,
  /\bfuck(?:ing|ed|s)?\b/,
  /\bi(?:['’]ve| have)? (?:already |just )?told you\b/,
  /\bi (?:already|just|clearly|explicitly) (?:said|asked|told)\b/,
  /\bhow many times\b/,
  /\bfor the (?:third|fourth|fifth|tenth|hundredth|umpteenth|last|\d+th) time\b/,
  /\byou(?:['’]ve| have)? (?:just |completely |totally |again )?(?:broke|broken|ruined|destroyed|messed up|screwed up|wrecked)\b/,
  /\byou(?:['’]re| are) (?:not listening|ignoring|making it worse|wasting)\b/,
  /\byou (?:never|keep|always) (?:listen|ignor|break|fail|forget|mess|do(?:ing)? the opposite)/,
  /\bstop (?:it\b|that\b|doing|trying|changing|touching|making|ignoring|deleting|breaking|guessing)/,
  /\b(?:i['’]m|i am) (?:so |really |very |getting |extremely )?(?:frustrated|annoyed|angry|furious|fed up|sick of|tired of)\b/,
  /\bwast(?:e|ing|ed) (?:of )?(?:my|our) time\b|\bwaste of time\b/,
];

const SHOUTED = /[!?]{3,}/;
const WORD = /\p{L}[\p{L}'’]+/gu;

/** The kinds of anger in a text that is the person's own words. English. */
export function toneMarks(words: string): readonly ToneMark[] {
  const text = words.toLowerCase();
  const marks: ToneMark[] = [];
  if (ANGRY_PHRASES.some((phrase) => phrase.test(text))) marks.push("phrase");
  if (SHOUTED.test(words)) marks.push("punctuation");
  if (isShouted(words)) marks.push("capitals");
  return marks;
}

function isShouted(text: string): boolean {
  const words = text.match(WORD) ?? [];
  const upper = words.filter((word) => word === word.toUpperCase() && word !== word.toLowerCase());
  return (
    words.length > THRESHOLDS.shoutingWords.value &&
    upper.length >= THRESHOLDS.shoutingWords.value &&
    upper.length / words.length >= THRESHOLDS.shoutingShare.value
  );
}
