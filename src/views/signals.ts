import { idOf } from "../model/ids.ts";
import type { Signal } from "../model/signal.ts";
import { listSignals } from "../store/signals/list-signals.ts";
import type { Reader } from "../store/store.ts";
import { holdsSamples } from "./sample.ts";
import type { SignalRow } from "./shapes/signal.ts";

export interface SignalsQuery {
  readonly session: string | null;
  readonly category: string | null;
}

/** Signals by session and line, optionally of one session or category. */
export async function signalRows(reader: Reader, query: SignalsQuery): Promise<readonly SignalRow[]> {
  const session = query.session === null ? {} : { session: idOf.session(query.session) };
  // An unknown word finds nothing.
  const category = query.category === null ? {} : { category: query.category };
  const sample = await holdsSamples(reader);
  return (await listSignals(reader, { ...session, ...category })).map((signal) => signalRow(signal, sample));
}

export function signalRow(signal: Signal, sample: boolean): SignalRow {
  return {
    id: signal.id,
    category: signal.category,
    type: signal.type,
    severity: signal.severity,
    session_id: signal.sessionId,
    turn_id: signal.turnId,
    call_id: signal.callId,
    seq: signal.seq,
    description: signal.description,
    detector: signal.detector,
    provenance: signal.detector === "mechanical" ? "measured" : "estimated",
    version: signal.version,
    sample,
    evidence: { segment: signal.evidence.segment, line: signal.evidence.line, offset: signal.evidence.offset },
  };
}
