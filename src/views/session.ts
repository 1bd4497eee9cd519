import { ok, type Result } from "../kit/result.ts";
import type { Failure } from "../model/failure.ts";
import type { SessionId } from "../model/ids.ts";
import { instantOf } from "../model/time.ts";
import type { SessionTrace, ToolCall, Turn } from "../model/trace.ts";
import { getSession } from "../store/sessions/get-session.ts";
import { loadSessionTrace } from "../store/sessions/load-session-trace.ts";
import { listSignals } from "../store/signals/list-signals.ts";
import type { Reader } from "../store/store.ts";
import { approvalRows } from "./approvals.ts";
import { findSession } from "./find-session.ts";
import { sessionRow } from "./sessions.ts";
import type { SessionDetail, TimelineRow, ToolCallRow, TurnRow } from "./shapes/session.ts";
import { signalRow } from "./signals.ts";

/** One session with everything in it. `id` may be the start of an id when only one session begins so. */
export async function sessionDetail(
  reader: Reader,
  query: { readonly id: string; readonly now: number },
): Promise<Result<SessionDetail, Failure>> {
  const found = await findSession(reader, query.id);
  return found.ok ? ok(await detailOf(reader, found.value, query.now)) : found;
}

async function detailOf(reader: Reader, id: SessionId, nowMs: number): Promise<SessionDetail> {
  const now = instantOf(nowMs);
  const summary = await getSession(reader, id, { now });
  const trace = await loadSessionTrace(reader, id, { now });
  // One moment of the store: the session was found in this very read.
  if (summary === null || trace === null) throw new Error(`session ${id} vanished within one read`);
  const signals = await listSignals(reader, { session: id });
  return {
    ...sessionRow(summary),
    turns: trace.turns.map(turnRow),
    tool_calls: trace.calls.map(callRow),
    compactions: trace.marks.filter((mark) => mark.kind === "compaction").length,
    rollbacks: trace.marks.filter((mark) => mark.kind === "rollback").length,
    approvals: approvalRows(trace),
    signals: signals.map((signal) => signalRow(signal, trace.session.sample)),
    timeline: timelineOf(trace),
    segments: trace.segments.map(({ name, path, lines }) => ({ name, path, lines })),
  };
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
