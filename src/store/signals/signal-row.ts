import type { Insertable, Selectable } from "kysely";
import { idOf } from "../../model/ids.ts";
import type { Redacted } from "../../model/redacted.ts";
import type { Signal, SignalCategory, SignalDetector, SignalType } from "../../model/signal.ts";
import type { SignalsTable } from "../schema.ts";

export function signalRow(signal: Signal, redaction: number): Insertable<SignalsTable> {
  return {
    id: signal.id,
    session_id: signal.sessionId,
    category: signal.category,
    type: signal.type,
    severity: signal.severity,
    turn_id: signal.turnId,
    call_id: signal.callId,
    seq: signal.seq,
    description: signal.description,
    detector: signal.detector,
    version: signal.version,
    segment: signal.evidence.segment,
    offset: signal.evidence.offset,
    line: signal.evidence.line,
    redaction,
  };
}

/** A row as the model knows it; the casts hold because `signalRow` wrote it, from redacted text. */
export function signalOf(row: Selectable<SignalsTable>): Signal {
  return {
    id: idOf.signal(row.id),
    category: row.category as SignalCategory,
    type: row.type as SignalType,
    severity: row.severity,
    sessionId: idOf.session(row.session_id),
    turnId: row.turn_id === null ? null : idOf.turn(row.turn_id),
    callId: row.call_id === null ? null : idOf.call(row.call_id),
    seq: row.seq,
    description: row.description as Redacted,
    detector: row.detector as SignalDetector,
    version: row.version,
    evidence: { segment: idOf.segment(row.segment), offset: row.offset, line: row.line },
  };
}
