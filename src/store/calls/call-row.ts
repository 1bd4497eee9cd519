import type { Insertable, Selectable } from "kysely";
import { idOf } from "../../model/ids.ts";
import type { CallOutcome } from "../../model/outcome.ts";
import type { Redacted } from "../../model/redacted.ts";
import type { Instant } from "../../model/time.ts";
import type { FileChange, ToolCall } from "../../model/trace.ts";
import { bit } from "../put-rows.ts";
import type { ToolCallsTable } from "../schema.ts";

export function callRow(call: ToolCall): Insertable<ToolCallsTable> {
  return {
    session_id: call.sessionId,
    segment: call.segment,
    offset: call.offset,
    line: call.line,
    call_id: call.callId,
    parent_call_id: call.parentCallId,
    turn_id: call.turnId,
    tool: call.tool,
    family: call.family,
    input: call.input,
    outcome: call.outcome,
    exit_code: call.exitCode,
    excerpt: call.excerpt,
    started_at: call.startedAt,
    ended_at: call.endedAt,
    duration_ms: call.durationMs,
    sandboxed: bit(call.sandboxed),
    escalated: bit(call.escalated),
    changes: JSON.stringify(call.changes),
    end_line: call.endLine,
  };
}

/** A row as the model knows it; the casts hold because `callRow` wrote it, from redacted text. */
export function callOf(row: Selectable<ToolCallsTable>): ToolCall {
  return {
    sessionId: idOf.session(row.session_id),
    segment: idOf.segment(row.segment),
    offset: row.offset,
    line: row.line,
    callId: idOf.call(row.call_id),
    parentCallId: row.parent_call_id === null ? null : idOf.call(row.parent_call_id),
    turnId: row.turn_id === null ? null : idOf.turn(row.turn_id),
    tool: row.tool as Redacted,
    family: row.family as Redacted,
    input: row.input as Redacted,
    outcome: row.outcome as CallOutcome,
    exitCode: row.exit_code,
    excerpt: row.excerpt as Redacted,
    startedAt: row.started_at as Instant | null,
    endedAt: row.ended_at as Instant | null,
    durationMs: row.duration_ms,
    sandboxed: row.sandboxed === 1,
    escalated: row.escalated === 1,
    changes: JSON.parse(row.changes) as readonly FileChange[],
    endLine: row.end_line,
  };
}
