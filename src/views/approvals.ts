import type { SessionTrace, ToolCall } from "../model/trace.ts";
import {
  denialsOf,
  questionsOf,
  subjectOf,
  unrecordedQuestions,
  type Question,
} from "../policy/approvals/questions.ts";
import type { ApprovalRow } from "./shapes/session.ts";

/**
 * Questions put to a person, in thread order, by the same rules that signals go by. Spines record them; rollouts do not:
 * there a refusal shows in the call's output, a call that asked to leave the sandbox and ran was approved, and an
 * approved patch looks like one that nobody asked about.
 */
export function approvalRows(trace: SessionTrace): readonly ApprovalRow[] {
  const questions = questionsOf(trace);
  const refused = new Set(denialsOf(trace).flatMap(({ call }) => (call === null ? [] : [call])));
  const onRecord = new Set(questions.map(subjectOf));
  const shown = new Set([...refused, ...unrecordedQuestions(trace)]);
  const calls = [...shown].filter((call) => !onRecord.has(call.callId));
  const rows = [
    ...questions.flatMap((question) => fromQuestion(question, trace)),
    ...calls.map((call) => fromCall(call, trace, refused.has(call))),
  ];
  return rows.toSorted((left, right) => left.seq - right.seq).map(({ row }) => row);
}

interface Placed {
  readonly seq: number;
  readonly row: ApprovalRow;
}

const DECISIONS = { approved: "approved", refused: "denied", other: "unknown" } as const;

function fromQuestion(question: Question, trace: SessionTrace): readonly Placed[] {
  const mark = question.asked ?? question.answered;
  if (mark === null) return [];
  const decision = question.answer === null ? "unknown" : DECISIONS[question.answer];
  return [
    { seq: trace.seqOf(mark), row: { call_id: subjectOf(question), turn_id: mark.turnId, decision, line: mark.line } },
  ];
}

const RAN: ReadonlySet<string> = new Set(["ok", "failed", "sandbox_denied", "running"]);

function fromCall(call: ToolCall, trace: SessionTrace, isRefused: boolean): Placed {
  const ran = RAN.has(call.outcome) ? "approved" : "unknown";
  const { callId: call_id, turnId: turn_id, line } = call;
  return { seq: trace.seqOf(call), row: { call_id, turn_id, decision: isRefused ? "denied" : ran, line } };
}
