import type { Insertable, Selectable } from "kysely";
import { idOf } from "../../model/ids.ts";
import type { Redacted } from "../../model/redacted.ts";
import type { Instant } from "../../model/time.ts";
import type { Mark, MarkKind } from "../../model/trace.ts";
import type { MarksTable } from "../schema.ts";

export function markRow(mark: Mark, item: number): Insertable<MarksTable> {
  return {
    session_id: mark.sessionId,
    segment: mark.segment,
    offset: mark.offset,
    line: mark.line,
    item,
    turn_id: mark.turnId,
    call_id: mark.callId,
    kind: mark.kind,
    detail: mark.detail,
    count: mark.count,
    at: mark.at,
  };
}

/** A row as the model knows it; the casts hold because `markRow` wrote it, from redacted text. */
export function markOf(row: Selectable<MarksTable>): Mark {
  return {
    sessionId: idOf.session(row.session_id),
    segment: idOf.segment(row.segment),
    offset: row.offset,
    line: row.line,
    turnId: row.turn_id === null ? null : idOf.turn(row.turn_id),
    callId: row.call_id === null ? null : idOf.call(row.call_id),
    kind: row.kind as MarkKind,
    detail: row.detail as Redacted,
    count: row.count,
    at: row.at as Instant | null,
  };
}
