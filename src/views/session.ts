import { fail, ok, type Result } from "../kit/result.ts";
import type { Failure } from "../model/failure.ts";
import { idOf, type SessionId } from "../model/ids.ts";
import { instantOf } from "../model/time.ts";
import type { SessionTrace, ToolCall, Turn } from "../model/trace.ts";
import { findSessionIds } from "../store/sessions/find-session-ids.ts";
import { getSession } from "../store/sessions/get-session.ts";
import { loadSessionTrace } from "../store/sessions/load-session-trace.ts";
import { listSignals } from "../store/signals/list-signals.ts";
import type { Reader } from "../store/store.ts";
import { approvalRows } from "./approvals.ts";
import { sessionRow } from "./sessions.ts";
import type { SessionDetail, TimelineRow, ToolCallRow, TurnRow } from "./shapes/session.ts";
import { signalRow } from "./signals.ts";

/** One session with everything in it. `id` may be the start of an id when only one session begins so. */
export async function sessionDetail(
  reader: Reader,
  query: { readonly id: string; readonly now: number },
): Promise<Result<SessionDetail, Failure>> {
  const found = await findSessionIds(reader, { start: query.id, limit: 2 });
  const [id] = found;
  if (id === undefined) return fail(unknownSession(query.id));
  if (found.length > 1 && !found.includes(idOf.session(query.id))) return fail(ambiguous(query.id));
  return detailOf(reader, found.includes(idOf.session(query.id)) ? idOf.session(query.id) : id, query.now);
}

async function detailOf(reader: Reader, id: SessionId, nowMs: number): Promise<Result<SessionDetail, Failure>> {
  const now = instantOf(nowMs);
  const summary = await getSession(reader, id, { now });
  const trace = await loadSessionTrace(reader, id, { now });
  if (summary === null || trace === null) return fail(unknownSession(id));
  const signals = await listSignals(reader, { session: id });
  return ok({
    ...sessionRow(summary),
    turns: trace.turns.map(turnRow),
    tool_calls: trace.calls.map(callRow),
    compactions: trace.marks.filter((mark) => mark.kind === "compaction").length,
    rollbacks: trace.marks.filter((mark) => mark.kind === "rollback").length,
    approvals: approvalRows(trace),
    signals: signals.map(signalRow),
    timeline: timelineOf(trace),
    segments: trace.segments.map(({ name, path, lines }) => ({ name, path, lines })),
  });
}

function turnRow(turn: Turn): TurnRow {
  const { turnId: id, outcome, error, kind, reverted, model, line } = turn;
  return {
    id,
    outcome,
    error,
    kind,
    reverted,
    model,
    started_at: turn.startedAt,
    ended_at: turn.endedAt,
    duration_ms: turn.durationMs,
    line,
  };
}

function callRow(call: ToolCall): ToolCallRow {
  const { tool, family, input, outcome, excerpt, line } = call;
  return {
    call_id: call.callId,
    parent_call_id: call.parentCallId,
    turn_id: call.turnId,
    tool,
    family,
    input,
    outcome,
    exit_code: call.exitCode,
    duration_ms: call.durationMs,
    started_at: call.startedAt,
    excerpt,
    line,
  };
}

/** Everything that happened, by its line in the thread; a nested call stands behind the cell it ran in. */
function timelineOf(trace: SessionTrace): readonly TimelineRow[] {
  const rows: TimelineRow[] = [
    ...trace.turns.map((turn) => ({
      kind: "turn" as const,
      seq: trace.seqOf(turn),
      at: turn.startedAt,
      turn: turnRow(turn),
    })),
    ...trace.messages.map((message) => ({
      kind: "message" as const,
      seq: trace.seqOf(message),
      at: message.at,
      role: message.role,
      text: message.text,
      turn_id: message.turnId,
    })),
    ...trace.calls.map((call) => ({
      kind: "call" as const,
      seq: trace.seqOf(call),
      at: call.startedAt,
      call: callRow(call),
    })),
    ...trace.marks.map((mark) => ({
      kind: "mark" as const,
      seq: trace.seqOf(mark),
      at: mark.at,
      mark: mark.kind,
      detail: mark.detail,
      count: mark.count,
    })),
  ];
  return rows.toSorted((left, right) => left.seq - right.seq);
}

function unknownSession(id: string): Failure {
  return {
    code: "not_found",
    message: `There is no session ${id}.`,
    cause: "No recording of that thread was read into this store.",
    hint: "Do this: codex-loop sessions list, or codex-loop ingest to read new recordings.",
    retry: "never",
  };
}

function ambiguous(start: string): Failure {
  return {
    code: "usage",
    message: `More than one session begins with ${start}.`,
    cause: "The start of an id is enough only when it is the start of one.",
    hint: "Do this: give more of the id; codex-loop sessions list prints them whole.",
    retry: "never",
  };
}
