import { marksOf } from "./marks-of.ts";
import { threadFinding, type SignalRule } from "./rule.ts";
import { say } from "./say.ts";
import { THRESHOLDS } from "./thresholds.ts";

export const repeatedCompaction: SignalRule = {
  category: "repeated_compaction",
  version: 1,
  severity: 0.6,
  detector: "mechanical",
  definition: "The context was compacted twice or more in one session.",
  source: "predecessor",
  find: (trace) => {
    const compactions = marksOf(trace, "compaction");
    const decisive = compactions[THRESHOLDS.repeatedCompaction.value - 1];
    return decisive === undefined
      ? []
      : [threadFinding(decisive, say`the context was compacted ${compactions.length} times`)];
  },
};
