import { isAct } from "./call-kind.ts";
import { threadFinding, type SignalRule } from "./rule.ts";
import { say } from "./say.ts";
import { THRESHOLDS } from "./thresholds.ts";

export const fastCompletion: SignalRule = {
  category: "fast_completion",
  version: 1,
  severity: 0.8,
  detector: "mechanical",
  definition: "The session completed within three turns, ran something, and the last command or patch went well.",
  source: "predecessor",
  find: (trace) => {
    const turns = trace.turns.filter((turn) => turn.kind === "task");
    const last = trace.calls.findLast(isAct);
    const completed =
      trace.outcome === "completed" && turns.length > 0 && turns.length <= THRESHOLDS.fastCompletionTurns.value;
    if (!completed || last?.outcome !== "ok") return [];
    return [threadFinding(last, say`completed, turns: ${turns.length}`)];
  },
};
