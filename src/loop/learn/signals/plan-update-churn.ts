import { planUpdates } from "./plan-updates.ts";
import { threadFinding, type SignalRule } from "./rule.ts";
import { say } from "./say.ts";
import { THRESHOLDS } from "./thresholds.ts";

export const planUpdateChurn: SignalRule = {
  category: "plan_update_churn",
  version: 1,
  severity: 0.6,
  detector: "mechanical",
  definition: "The plan was updated five times or more in one session.",
  source: "predecessor",
  find: (trace) => {
    const updates = planUpdates(trace);
    const decisive = updates[THRESHOLDS.planUpdateChurn.value - 1];
    return decisive === undefined ? [] : [threadFinding(decisive, say`the plan was updated ${updates.length} times`)];
  },
};
