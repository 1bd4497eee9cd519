import { planFailed, planUpdates } from "./plan-updates.ts";
import { threadFinding, type SignalRule } from "./rule.ts";
import { say } from "./say.ts";
import { THRESHOLDS } from "./thresholds.ts";

export const cleanPlan: SignalRule = {
  category: "clean_plan",
  version: 1,
  severity: 0.7,
  detector: "mechanical",
  definition:
    "A plan was made, kept its steps while it was worked off in fewer than five updates, and the session completed.",
  source: "own",
  find: (trace) => {
    const updates = planUpdates(trace);
    const last = updates.at(-1);
    const few =
      updates.length >= THRESHOLDS.cleanPlanUpdates.value && updates.length < THRESHOLDS.planUpdateChurn.value;
    const steady = last !== undefined && last.steps !== null && updates.every((update) => update.shape === last.shape);
    if (!few || !steady || planFailed(trace) || trace.outcome !== "completed") return [];
    return [threadFinding(last, say`the plan held, steps: ${last.steps}`)];
  },
};
