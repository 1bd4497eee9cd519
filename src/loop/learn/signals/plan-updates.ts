import type { Place, SessionTrace, ToolCall } from "../../../model/trace.ts";
import { marksOf } from "./marks-of.ts";

/** One version of the agent's plan. */
export interface PlanUpdate extends Place {
  readonly turnId: ToolCall["turnId"];
  readonly callId: ToolCall["callId"] | null;
  /** Steps of the plan; `null` where the recording does not say. */
  readonly steps: number | null;
  /** Equal for plans of equal steps, whatever their progress; where a format keeps no hash of them, for equally many. */
  readonly shape: string;
}

const PLAN_TOOL = "update_plan";

/** Plans that Codex took, in thread order: from marks, and where a format has none from the calls of the plan tool. */
export function planUpdates(trace: SessionTrace): readonly PlanUpdate[] {
  const failed = new Set(
    trace.calls.filter((call) => call.tool === PLAN_TOOL && call.outcome !== "ok").map((call) => call.callId),
  );
  const marks = marksOf(trace, "plan_update").filter((mark) => mark.callId === null || !failed.has(mark.callId));
  if (marks.length > 0)
    return marks.map((mark) => ({ ...mark, steps: mark.count, shape: shapeOf(mark.count, mark.detail) }));
  return trace.calls
    .filter(isGoodPlan)
    .map((call) => ({ ...call, steps: stepsOf(call), shape: shapeOf(stepsOf(call), "") }));
}

function isGoodPlan(call: ToolCall): boolean {
  return call.tool === PLAN_TOOL && call.outcome === "ok";
}

/** Details that are no hash hold an explanation, which changes with every step. */
function shapeOf(steps: number | null, detail: string): string {
  return /^[0-9a-f]{16}$/.test(detail) ? detail : `${steps}`;
}

/** True when the plan tool was refused or failed, so that nobody can say the plan held. */
export function planFailed(trace: SessionTrace): boolean {
  return trace.calls.some((call) => call.tool === PLAN_TOOL && call.outcome !== "ok");
}

/** Counts the steps of a call's arguments, unless they were cut. */
function stepsOf(call: ToolCall): number | null {
  return call.input.endsWith("…") ? null : [...call.input.matchAll(/"step"\s*:/g)].length;
}
