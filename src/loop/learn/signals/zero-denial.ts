import { denialsOf, questionsAnswered, questionsOf } from "../../../policy/approvals/questions.ts";
import { threadFinding, type SignalRule } from "./rule.ts";
import { say } from "./say.ts";
import { THRESHOLDS } from "./thresholds.ts";

export const zeroDenial: SignalRule = {
  category: "zero_denial",
  version: 1,
  severity: 0.7,
  detector: "mechanical",
  definition:
    "People were asked at least once and never said no; a session in which nobody was asked has no such signal.",
  source: "predecessor",
  find: (trace) => {
    const answered = questionsAnswered(trace);
    if (answered < THRESHOLDS.zeroDenialQuestions.value || denialsOf(trace).length > 0) return [];
    const question = questionsOf(trace).find(({ answer }) => answer !== null)?.answered;
    const evidence = question ?? trace.calls.find((call) => call.escalated);
    return evidence === undefined ? [] : [threadFinding(evidence, say`no refusal, questions: ${answered}`)];
  },
};
