import { findingAt, type SignalRule } from "./rule.ts";
import { saidIn } from "./said.ts";
import type { TextJudge } from "./text-judge.ts";

export function repeatedRephrasing(judge: TextJudge): SignalRule {
  return {
    category: "repeated_rephrasing",
    version: judge.version,
    severity: 0.7,
    detector: judge.detector,
    definition: "A person said the same thing three times in a row in similar words.",
    source: "predecessor",
    find: (trace) =>
      judge.hear("repeated_rephrasing", saidIn(trace)).map(({ message, why }) => findingAt(message, why)),
  };
}
