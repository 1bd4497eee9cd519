import { findingAt, type SignalRule } from "./rule.ts";
import { saidIn } from "./said.ts";
import type { TextJudge } from "./text-judge.ts";

export function escalationTone(judge: TextJudge): SignalRule {
  return {
    category: "escalation_tone",
    version: judge.version,
    severity: 0.8,
    detector: judge.detector,
    definition:
      "A person sounds upset with the agent: angry phrases, !!! or ???, or shouting in capitals, outside code and quotations.",
    source: "predecessor",
    find: (trace) => judge.hear("escalation_tone", saidIn(trace)).map(({ message, why }) => findingAt(message, why)),
  };
}
