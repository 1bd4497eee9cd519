import { marksOf, saysTimeout } from "./marks-of.ts";
import { findingAt, type SignalRule } from "./rule.ts";
import { say } from "./say.ts";

export const timeout: SignalRule = {
  category: "timeout",
  version: 1,
  severity: 0.8,
  detector: "mechanical",
  definition: "Codex reported an error whose text says that time ran out.",
  source: "predecessor",
  find: (trace) =>
    marksOf(trace, "error")
      .filter(saysTimeout)
      .map((mark) => findingAt(mark, say`timed out: ${mark.detail}`)),
};
