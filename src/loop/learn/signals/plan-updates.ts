import type { Place, SessionTrace, ToolCall } from "../../../model/trace.ts";
import { marksOf } from "./marks-of.ts";

/** One version of the agent's plan. */
export interface PlanUpdate extends Place {
  readonly turnId: ToolCall["turnId"];
  readonly callId: ToolCall["callId"] | null;
  /** Steps of the plan; `null` where the recording does not say. */
  readonly steps: number | null;
}

const PLAN_TOOL = "update_plan";

/** Plans in thread order: from marks, and where a format has none from the calls of the plan tool that went well. */
export function planUpdates(trace: SessionTrace): readonly PlanUpdate[] {
  const marks = marksOf(trace, "plan_update");
  if (marks.length > 0) return marks.map((mark) => ({ ...mark, steps: mark.count }));
  return trace.calls
    .filter((call) => call.tool === PLAN_TOOL && call.outcome === "ok")
    .map((call) => ({ ...call, steps: stepsOf(call) }));
}

/** True when the plan tool was refused or failed, so that nobody can say the plan held. */
export function planFailed(trace: SessionTrace): boolean {
  return trace.calls.some((call) => call.tool === PLAN_TOOL && call.outcome !== "ok");
}

/** Counts the steps of a call's arguments, unless they were cut. */
function stepsOf(call: ToolCall): number | null {
  return call.input.endsWith("…") ? null : [...call.input.matchAll(/"step"\s*:/g)].length;
}
