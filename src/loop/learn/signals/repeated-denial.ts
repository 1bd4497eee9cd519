import { denialsOf } from "../../../policy/approvals/questions.ts";
import { threadFinding, type SignalRule } from "./rule.ts";
import { say } from "./say.ts";
import { THRESHOLDS } from "./thresholds.ts";

export const repeatedDenial: SignalRule = {
  category: "repeated_denial",
  version: 1,
  severity: 0.9,
  detector: "mechanical",
  definition: "People refused three or more times in one session, in a row or not.",
  source: "predecessor",
  find: (trace) => {
    const denials = denialsOf(trace);
    const decisive = denials[THRESHOLDS.repeatedDenial.value - 1];
    return decisive === undefined ? [] : [threadFinding(decisive, say`people refused ${denials.length} times`)];
  },
};
