import type { Source } from "./rule.ts";

interface Threshold {
  readonly value: number;
  readonly meaning: string;
  readonly source: Source;
}

const TABLE = {
  repeatedDenial: { value: 3, meaning: "refusals by people in one session", source: "predecessor" },
  repeatedCompaction: { value: 2, meaning: "compactions in one session", source: "predecessor" },
  planUpdateChurn: { value: 5, meaning: "plan updates in one session", source: "predecessor" },
  fastCompletionTurns: { value: 3, meaning: "turns at most", source: "predecessor" },
  zeroDenialQuestions: {
    value: 1,
    meaning: "questions put to a person at least; with none the signal does not apply",
    source: "interface",
  },
  repeatedRephrasing: { value: 3, meaning: "consecutive messages that say the same", source: "predecessor" },
  rephrasingOverlap: {
    value: 0.5,
    meaning: "shared words of two consecutive messages over all their words",
    source: "own",
  },
  rephrasingWords: {
    value: 3,
    meaning: "distinct words a message needs to count (`continue` is no rephrasing)",
    source: "own",
  },
  shoutingShare: { value: 0.4, meaning: "upper-case words over all words of two letters or more", source: "own" },
  shoutingWords: {
    value: 3,
    meaning: "upper-case words at least, so that three acronyms in a sentence stay calm",
    source: "own",
  },
  firstMessageMarks: {
    value: 2,
    meaning: "marks of anger in an opening instruction, where one may be part of the task",
    source: "own",
  },
  thanksWords: {
    value: 6,
    meaning: "words at most for a bare thanks to be praise and not a closing formula",
    source: "own",
  },
  contextChurnRepeats: { value: 3, meaning: "distinct reads repeated after a compaction", source: "own" },
  abandonedAttempts: { value: 3, meaning: "failed attempts of one command family in a row, none after", source: "own" },
  platformMistakes: { value: 2, meaning: "failures of another platform's words in one session", source: "own" },
  cleanPlanUpdates: { value: 2, meaning: "plan updates at least: made once, worked off once", source: "own" },
  rapidApprovals: { value: 3, meaning: "questions answered yes", source: "own" },
  rapidApprovalSeconds: { value: 15, meaning: "seconds from question to answer at most", source: "own" },
} as const;

/** Every number a rule compares with, so that nobody has to look for one in the code. */
export const THRESHOLDS: { readonly [name in keyof typeof TABLE]: Threshold } = TABLE;
