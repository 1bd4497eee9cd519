import { marksOf } from "./marks-of.ts";
import { findingAt, type SignalRule } from "./rule.ts";
import { say } from "./say.ts";

export const truncationWarning: SignalRule = {
  category: "truncation_warning",
  version: 1,
  severity: 0.3,
  detector: "mechanical",
  definition: "Codex warned that something the model should have seen was truncated.",
  source: "predecessor",
  find: (trace) =>
    marksOf(trace, "warning")
      .filter((mark) => /truncat/i.test(mark.detail))
      .map((mark) => findingAt(mark, say`warning: ${mark.detail}`)),
};
