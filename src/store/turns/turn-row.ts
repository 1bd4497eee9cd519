import type { Redacted } from "../../model/redacted.ts";
import type { Insertable, Selectable } from "kysely";
import { idOf } from "../../model/ids.ts";
import type { SessionOutcome } from "../../model/outcome.ts";
import type { Instant } from "../../model/time.ts";
import type { Turn } from "../../model/trace.ts";
import type { TurnsTable } from "../schema.ts";

export function turnRow(turn: Turn): Insertable<TurnsTable> {
  return {
    session_id: turn.sessionId,
    segment: turn.segment,
    offset: turn.offset,
    line: turn.line,
    turn_id: turn.turnId,
    ordinal: turn.ordinal,
    kind: turn.kind,
    outcome: turn.outcome,
    error: turn.error,
    model: turn.model,
    approval_policy: turn.approvalPolicy,
    sandbox: turn.sandbox,
    started_at: turn.startedAt,
    ended_at: turn.endedAt,
    duration_ms: turn.durationMs,
  };
}

/** A row as the model knows it; the casts hold because `turnRow` wrote it. Whether it was taken back is not in the row. */
export function turnOf(row: Selectable<TurnsTable>): Turn {
  return {
    sessionId: idOf.session(row.session_id),
    segment: idOf.segment(row.segment),
    offset: row.offset,
    line: row.line,
    turnId: idOf.turn(row.turn_id),
    ordinal: row.ordinal,
    reverted: false,
    kind: row.kind as Turn["kind"],
    outcome: row.outcome as SessionOutcome,
    error: row.error as Redacted | null,
    model: row.model as Redacted | null,
    approvalPolicy: row.approval_policy as Redacted | null,
    sandbox: row.sandbox as Redacted | null,
    startedAt: row.started_at as Instant | null,
    endedAt: row.ended_at as Instant | null,
    durationMs: row.duration_ms,
  };
}
