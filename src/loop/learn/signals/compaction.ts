import { marksOf } from "./marks-of.ts";
import { findingAt, type SignalRule } from "./rule.ts";
import { say } from "./say.ts";

export const compaction: SignalRule = {
  category: "compaction",
  version: 1,
  severity: 0.2,
  detector: "mechanical",
  definition: "The context was compacted, by itself or because a person asked for it.",
  source: "predecessor",
  find: (trace) => marksOf(trace, "compaction").map((mark) => findingAt(mark, say`the context was compacted`)),
};
