import type { CallId, TurnId } from "../../model/ids.ts";
import { isPatch } from "../../model/patch-call.ts";
import type { Mark, Place, SessionTrace, ToolCall } from "../../model/trace.ts";

/** A question put to a person, as far as the recording or the host's ledger kept it. */
export interface Question {
  readonly asked: Mark | null;
  readonly answered: Mark | null;
  /** `other` is an answer that is neither a yes nor a person's no, e.g. `timed_out`. */
  readonly answer: "approved" | "refused" | "other" | null;
}

/** A person's no: to a call, or to a question whose call the recording does not hold. */
export interface Denial extends Place {
  readonly kind: "exec" | "patch";
  readonly turnId: TurnId | null;
  readonly callId: CallId | null;
  readonly call: ToolCall | null;
}

const REFUSAL = /^(?:den|decline|reject|refus|abort|cancel|no\b)/i;
const APPROVAL = /^(?:approv|accept|allow|grant|yes\b)/i;

/** Questions in the order of their first mark; an answer belongs to the oldest open question of its call. */
export function questionsOf(trace: SessionTrace): readonly Question[] {
  const questions: Question[] = [];
  const open = new Map<CallId | null, number[]>();
  for (const mark of trace.marks) {
    if (mark.kind === "approval_asked") {
      const waiting = open.get(mark.callId) ?? [];
      waiting.push(questions.length);
      open.set(mark.callId, waiting);
      questions.push({ asked: mark, answered: null, answer: null });
    } else if (mark.kind === "approval_answered") {
      const at = open.get(mark.callId)?.shift() ?? questions.length;
      questions[at] = { asked: questions[at]?.asked ?? null, answered: mark, answer: meaningOf(mark.detail) };
    }
  }
  return questions;
}

/**
 * Every refusal by a person, one per call, in thread order. Rules and hooks that say no are no people. A refused call may
 * have left no row, then its question stands for it; some answers name only the turn, and add nothing where a call of
 * that turn is known to be refused.
 */
export function denialsOf(trace: SessionTrace): readonly Denial[] {
  const questions = questionsOf(trace);
  const silent = silentTurns(trace);
  const refused = callIdsOf(questions, "refused");
  const approved = callIdsOf(questions, "approved");
  const calls = trace.calls.filter((call) => {
    if (call.outcome === "denied_by_user") return true;
    if (!ENDED_WITHOUT_RUNNING.has(call.outcome)) return false;
    if (refused.has(call.callId)) return true;
    return call.outcome === "aborted" && waitedForAnswer(call, silent) && !approved.has(call.callId);
  });
  const spoken = new Set<string | null>([
    ...trace.calls.map((call) => call.callId),
    ...calls.map((call) => call.turnId),
  ]);
  const callless = questions.filter((question) => question.answer === "refused" && !spoken.has(subjectOf(question)));
  return [...calls.map(denialOfCall), ...callless.flatMap(denialOfQuestion)].toSorted(
    (left, right) => trace.seqOf(left) - trace.seqOf(right),
  );
}

/** How many questions a person answered: those on record, and escalated calls whose outcome shows an answer. */
export function questionsAnswered(trace: SessionTrace): number {
  const answered = questionsOf(trace).filter((question) => question.answered !== null);
  return answered.length + unrecordedQuestions(trace).filter((call) => ANSWERED.has(call.outcome)).length;
}

/** Calls that asked to leave the sandbox where a person could be asked, and whose question no mark records as answered. */
export function unrecordedQuestions(trace: SessionTrace): readonly ToolCall[] {
  const onRecord = new Set(
    questionsOf(trace)
      .filter((question) => question.answered !== null)
      .map(subjectOf),
  );
  const silent = silentTurns(trace);
  return trace.calls.filter((call) => call.escalated && !onRecord.has(call.callId) && !silent.has(call.turnId));
}

/** The call a question is about; `null` where the format names only the turn. */
export function subjectOf(question: Question): CallId | null {
  return question.asked?.callId ?? question.answered?.callId ?? null;
}

const ENDED_WITHOUT_RUNNING: ReadonlySet<string> = new Set(["aborted", "unfinished", "running", "tool_error"]);
const ANSWERED: ReadonlySet<string> = new Set(["ok", "failed", "denied_by_user"]);

/**
 * Rollouts keep no questions. An aborted call that had to be asked about, or an aborted patch (which takes no time to
 * interrupt), was aborted at its question: the terminal's only "no" is an abort.
 */
function waitedForAnswer(call: ToolCall, silent: ReadonlySet<TurnId | null>): boolean {
  return (call.escalated || isPatch(call)) && !silent.has(call.turnId);
}

/** Turns in which nobody is ever asked. */
function silentTurns(trace: SessionTrace): ReadonlySet<TurnId | null> {
  return new Set(trace.turns.filter((turn) => turn.approvalPolicy === "never").map((turn) => turn.turnId));
}

function meaningOf(word: string): NonNullable<Question["answer"]> {
  if (APPROVAL.test(word)) return "approved";
  return REFUSAL.test(word) ? "refused" : "other";
}

function callIdsOf(questions: readonly Question[], answer: Question["answer"]): ReadonlySet<CallId | null> {
  return new Set(
    questions
      .filter((question) => question.answer === answer)
      .map(subjectOf)
      .filter((id) => id !== null),
  );
}

function denialOfCall(call: ToolCall): Denial {
  return { ...placeOf(call), kind: isPatch(call) ? "patch" : "exec", turnId: call.turnId, callId: call.callId, call };
}

function denialOfQuestion(question: Question): Denial[] {
  const mark = question.answered;
  if (mark === null) return [];
  const kind = question.asked?.detail.includes("patch") === true ? "patch" : "exec";
  return [{ ...placeOf(mark), kind, turnId: mark.turnId, callId: subjectOf(question), call: null }];
}

function placeOf(row: Place): Place {
  return { segment: row.segment, offset: row.offset, line: row.line };
}
