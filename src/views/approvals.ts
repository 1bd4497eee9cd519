import type { CallId } from "../model/ids.ts";
import type { Mark, SessionTrace, ToolCall } from "../model/trace.ts";
import type { ApprovalRow } from "./shapes/session.ts";

/**
 * Questions put to a person. Spines record them; rollouts do not: there a refusal shows in the call's output, a call
 * that asked to leave the sandbox and ran was approved, and an approved patch looks like one that nobody asked about.
 */
export function approvalRows(trace: SessionTrace): readonly ApprovalRow[] {
  const answers = trace.marks.filter((mark) => mark.kind === "approval_answered");
  const asked = trace.marks.filter((mark) => mark.kind === "approval_asked").map((mark) => fromMark(mark, answers));
  const known = new Set<CallId | null>(
    trace.marks.filter((mark) => mark.kind === "approval_asked").map((mark) => mark.callId),
  );
  const inferred = trace.calls.filter((call) => wasAsked(call) && !known.has(call.callId)).map(fromCall);
  return [...asked, ...inferred].toSorted((left, right) => left.line - right.line);
}

/** An answer names its call; where a format names only the turn, that has to do. */
function fromMark(mark: Mark, answers: readonly Mark[]): ApprovalRow {
  const byCall = answers.find((answer) => answer.callId !== null && answer.callId === mark.callId);
  const byTurn = answers.find(
    (answer) => answer.callId === null && answer.turnId !== null && answer.turnId === mark.turnId,
  );
  return {
    call_id: mark.callId,
    turn_id: mark.turnId,
    decision: decisionOf((byCall ?? byTurn)?.detail),
    line: mark.line,
  };
}

function decisionOf(word: string | undefined): ApprovalRow["decision"] {
  if (word === "approved") return "approved";
  return word === "denied" ? "denied" : "unknown";
}

function wasAsked(call: ToolCall): boolean {
  return call.outcome === "denied_by_user" || call.escalated;
}

function fromCall(call: ToolCall): ApprovalRow {
  const ran = ["ok", "failed", "sandbox_denied", "running"].includes(call.outcome);
  const unknown = ran ? "approved" : "unknown";
  return {
    call_id: call.callId,
    turn_id: call.turnId,
    decision: call.outcome === "denied_by_user" ? "denied" : unknown,
    line: call.line,
  };
}
