/**
 * What one line of a spine cannot know, from the lines before it.
 *
 * Questions: asked → approved (the call goes on, and its beginning is the one we know already) → gone with the call's
 * end; or asked → denied and gone: a refused call never begins, so the refusal is also its end. The terminal's answer
 * names only the turn, so an answer belongs to the open question of the call it names, else to the latest one of the
 * turn it names.
 *
 * Turns: a submission stands before its turn's `task_started`, and hand-written files have none at all. So a person's
 * words begin a turn when none is open, and a context begins the turn it names when another one is.
 */
import type { MarkRecord, TraceRecord } from "../record.ts";

export interface Question {
  readonly callId: string;
  readonly turnId: string | null;
  readonly approved: boolean;
}

/** What is remembered of a thread between two lines; plain data, so that a fold can keep it in its checkpoint. */
export interface SpineMemory {
  /** Oldest first. */
  readonly questions: readonly Question[];
  readonly turnId: string | null;
}

export const NEW_SPINE_MEMORY: SpineMemory = { questions: [], turnId: null };

export interface Followed {
  readonly memory: SpineMemory;
  readonly records: readonly TraceRecord[];
}

/** The records of one line with answers joined to their calls and turns begun, and what to remember after it. */
export function followSpine(memory: SpineMemory, records: readonly TraceRecord[]): Followed {
  let known = memory;
  const joined = records.flatMap((record) => {
    const turned = followTurn(known, record);
    const step = followQuestion(turned.memory.questions, record);
    known = { ...turned.memory, questions: step.questions };
    return [...turned.records, ...step.records];
  });
  return { memory: known, records: joined };
}

/** The beginning to put before this record, if its turn has none yet. */
function followTurn(memory: SpineMemory, record: TraceRecord): Followed {
  if (record.kind === "turn_started") return { memory: { ...memory, turnId: record.turnId }, records: [] };
  if (record.kind === "turn_ended") return { memory: { ...memory, turnId: null }, records: [] };
  if ((record.kind !== "context" && record.kind !== "message") || !opensTurn(memory, record))
    return { memory, records: [] };
  const { at, turnId } = record;
  return { memory: { ...memory, turnId }, records: [{ kind: "turn_started", at, turnId, compaction: false }] };
}

/** A context is always the running turn's; a person's words are the running turn's when there is one. */
function opensTurn(memory: SpineMemory, record: Extract<TraceRecord, { kind: "context" | "message" }>): boolean {
  if (record.turnId === null || record.turnId === memory.turnId) return false;
  return record.kind === "context" || (record.role === "user" && memory.turnId === null);
}

interface Asked {
  readonly questions: readonly Question[];
  readonly records: readonly TraceRecord[];
}

function followQuestion(questions: readonly Question[], record: TraceRecord): Asked {
  switch (record.kind) {
    case "call_started":
      return { questions, records: questions.some((known) => known.callId === record.callId) ? [] : [record] };
    case "call_ended":
      return { questions: without(questions, record.callId), records: [record] };
    case "mark":
      if (record.mark === "approval_asked" && record.callId !== null) return asked(questions, record, record.callId);
      return record.mark === "approval_answered" ? answered(questions, record) : { questions, records: [record] };
    default:
      return { questions, records: [record] };
  }
}

function asked(questions: readonly Question[], mark: MarkRecord, callId: string): Asked {
  const question = { callId, turnId: mark.turnId, approved: false };
  return { questions: [...without(questions, callId), question], records: [mark] };
}

function answered(questions: readonly Question[], mark: MarkRecord): Asked {
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

function without(questions: readonly Question[], callId: string): readonly Question[] {
  return questions.filter((question) => question.callId !== callId);
}
