import { msOf } from "../../../model/time.ts";
import { questionsOf, type Question } from "../../../policy/approvals/questions.ts";
import { threadFinding, type SignalRule } from "./rule.ts";
import { say } from "./say.ts";
import { THRESHOLDS } from "./thresholds.ts";

export const rapidApprovals: SignalRule = {
  category: "rapid_approvals",
  version: 1,
  severity: 0.6,
  detector: "mechanical",
  definition: "People were asked three times or more and said yes within 15 seconds every time.",
  source: "own",
  find: (trace) => {
    const questions = questionsOf(trace);
    const last = questions.at(-1)?.answered ?? null;
    if (last === null || questions.length < THRESHOLDS.rapidApprovals.value || !questions.every(isRapidYes)) return [];
    return [threadFinding(last, say`quick yes, questions: ${questions.length}`)];
  },
};

/** A question or answer without a time is not known to be quick. */
function isRapidYes({ asked, answered, answer }: Question): boolean {
  const from = asked?.at ?? null;
  const to = answered?.at ?? null;
  if (answer !== "approved" || from === null || to === null) return false;
  return msOf(to) - msOf(from) <= THRESHOLDS.rapidApprovalSeconds.value * 1000;
}
