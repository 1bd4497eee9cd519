/**
 * Joins answers to questions. A question names its call; the terminal's answer names only the turn. So the questions
 * of a thread are remembered: open → approved (the call goes on, and its beginning is the one we know already) → gone
 * with the call's end; or open → denied and gone: a refused call never begins, so the refusal is also its end. An
 * answer belongs to the open question of the call it names, else to the latest open one of the turn it names.
 */
import type { MarkRecord, TraceRecord } from "../record.ts";

export interface Question {
  readonly callId: string;
  readonly turnId: string | null;
  readonly approved: boolean;
}

/** Questions of a thread, oldest first; plain data, so that a fold can keep it in its checkpoint. */
export type Questions = readonly Question[];

export interface Followed {
  readonly questions: Questions;
  readonly records: readonly TraceRecord[];
}

/** The records of one line with every answer joined to its call, and the questions to remember after it. */
export function followApprovals(questions: Questions, records: readonly TraceRecord[]): Followed {
  let known = questions;
  const joined = records.flatMap((record) => {
    const step = follow(known, record);
    known = step.questions;
    return step.records;
  });
  return { questions: known, records: joined };
}

function follow(questions: Questions, record: TraceRecord): Followed {
  switch (record.kind) {
    case "call_started":
      return { questions, records: isKnown(questions, record.callId) ? [] : [record] };
    case "call_item":
      return { questions, records: [record] };
    case "call_ended":
      return { questions: without(questions, record.callId), records: [record] };
    case "mark":
      if (record.mark === "approval_asked" && record.callId !== null) return asked(questions, record, record.callId);
      return record.mark === "approval_answered" ? answered(questions, record) : { questions, records: [record] };
    default:
      return { questions, records: [record] };
  }
}

function asked(questions: Questions, mark: MarkRecord, callId: string): Followed {
  const question = { callId, turnId: mark.turnId, approved: false };
  return { questions: [...without(questions, callId), question], records: [mark] };
}

function answered(questions: Questions, mark: MarkRecord): Followed {
  const open = questions.filter((question) => !question.approved);
  const question =
    open.find((candidate) => candidate.callId === mark.callId) ??
    open.findLast((candidate) => candidate.turnId !== null && candidate.turnId === mark.turnId);
  if (question === undefined) return { questions, records: [mark] };
  const { callId, turnId } = question;
  const joined: MarkRecord = { ...mark, callId, turnId };
  const others = without(questions, callId);
  if (mark.detail !== "denied")
    return { questions: [...others, { callId, turnId, approved: true }], records: [joined] };
  return { questions: others, records: [joined, refusal(joined, callId)] };
}

function refusal(mark: MarkRecord, callId: string): TraceRecord {
  const verdict = { outcome: "denied_by_user", exitCode: null, process: null, output: "", statedMs: null } as const;
  return { kind: "call_ended", at: mark.at, callId, verdict };
}

function isKnown(questions: Questions, callId: string): boolean {
  return questions.some((question) => question.callId === callId);
}

function without(questions: Questions, callId: string): Questions {
  return questions.filter((question) => question.callId !== callId);
}
