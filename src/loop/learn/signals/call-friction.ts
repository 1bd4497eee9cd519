import type { ToolCall, SessionTrace } from "../../../model/trace.ts";
import { isPatch } from "../../../model/patch-call.ts";
import { isCommand } from "./call-kind.ts";
import { denialsOf } from "../../../policy/approvals/questions.ts";

/** Friction of one call, apart from a person's no (`questions.ts`). */
export type CallFriction = "exec_failure" | "sandbox_denied" | "patch_failure" | "tool_failure" | "policy_rejection";

/**
 * The calls of one category, in thread order. A call is in at most one: its outcome decides, then what it was;
 * a call that a person refused is a denial and nothing else.
 */
export function callsWith(trace: SessionTrace, category: CallFriction): readonly ToolCall[] {
  const refused = new Set(denialsOf(trace).map((denial) => denial.call));
  return trace.calls.filter((call) => frictionOf(call) === category && !refused.has(call));
}

/** True when a call failed, was refused by a person or was stopped by a rule. */
export function anyCallFriction(trace: SessionTrace): boolean {
  return denialsOf(trace).length > 0 || trace.calls.some((call) => frictionOf(call) !== null);
}

function frictionOf(call: ToolCall): CallFriction | null {
  switch (call.outcome) {
    case "failed":
      if (isPatch(call)) return "patch_failure";
      return isCommand(call) ? "exec_failure" : "tool_failure";
    case "sandbox_denied":
      return "sandbox_denied";
    case "tool_error":
      return "tool_failure";
    case "rejected_by_policy":
    case "blocked_by_hook":
      return "policy_rejection";
    case "ok":
    case "denied_by_user":
    case "aborted":
    case "unfinished":
    case "running":
      return null;
  }
}
