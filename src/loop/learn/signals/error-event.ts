import { marksOf, saysTimeout } from "./marks-of.ts";
import { findingAt, type SignalRule } from "./rule.ts";
import { say } from "./say.ts";

export const errorEvent: SignalRule = {
  category: "error_event",
  version: 1,
  severity: 0.8,
  detector: "mechanical",
  definition: "Codex reported an error that was not about time running out.",
  source: "predecessor",
  find: (trace) =>
    marksOf(trace, "error")
      .filter((mark) => !saysTimeout(mark))
      .map((mark) => findingAt(mark, say`error: ${mark.detail}`)),
};
