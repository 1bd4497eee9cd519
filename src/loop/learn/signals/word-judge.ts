import { overlap, tokenSet } from "../../../math/token-sets.ts";
import { isPraise } from "./praise.ts";
import type { Said } from "./said.ts";
import { named, say } from "./say.ts";
import type { Hearing, TextJudge } from "./text-judge.ts";
import { THRESHOLDS } from "./thresholds.ts";
import { toneMarks } from "./tone-marks.ts";

/** The local judge: English words, no model, no network. What it hears is an estimate. */
export const wordJudge: TextJudge = {
  detector: "heuristic",
  version: 1,
  hear: (what, said) => {
    switch (what) {
      case "escalation_tone":
        return said.flatMap(anger);
      case "positive_feedback":
        return said.filter(isPraising).map(({ message }) => ({ message, why: say`the person praised the work` }));
      case "repeated_rephrasing":
        return rephrasings(said);
    }
  },
};

function anger({ message, words, opening }: Said): Hearing[] {
  const marks = toneMarks(words);
  const needed = opening ? THRESHOLDS.firstMessageMarks.value : 1;
  return marks.length < needed ? [] : [{ message, why: say`the person sounds upset: ${named(...marks)}` }];
}

/** An opening instruction has nothing to praise, and praise beside anger is irony. */
function isPraising({ words, opening }: Said): boolean {
  return !opening && isPraise(words) && toneMarks(words).length === 0;
}

/** One hearing per run of similar consecutive messages, at the message that makes it long enough. */
function rephrasings(said: readonly Said[]): Hearing[] {
  let run = 1;
  return said.flatMap(({ message, words }, index) => {
    const before = said[index - 1];
    run = before !== undefined && isRephrasing(before.words, words) ? run + 1 : 1;
    return run === THRESHOLDS.repeatedRephrasing.value
      ? [{ message, why: say`the same request for the third time` }]
      : [];
  });
}

function isRephrasing(before: string, after: string): boolean {
  const [left, right] = [tokenSet(before), tokenSet(after)];
  const needed = THRESHOLDS.rephrasingWords.value;
  return left.size >= needed && right.size >= needed && overlap(left, right) >= THRESHOLDS.rephrasingOverlap.value;
}
