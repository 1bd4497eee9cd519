import { findingAt, type SignalRule } from "./rule.ts";
import { saidIn } from "./said.ts";
import type { TextJudge } from "./text-judge.ts";

export function positiveFeedback(judge: TextJudge): SignalRule {
  return {
    category: "positive_feedback",
    version: judge.version,
    severity: 0.8,
    detector: judge.detector,
    definition: "A person praised or thanked the agent for what it did.",
    source: "predecessor",
    find: (trace) => judge.hear("positive_feedback", saidIn(trace)).map(({ message, why }) => findingAt(message, why)),
  };
}
