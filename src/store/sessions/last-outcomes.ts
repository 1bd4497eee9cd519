import { idOf } from "../../model/ids.ts";
import type { SessionOutcome } from "../../model/outcome.ts";
import type { TraceSource, Turn } from "../../model/trace.ts";
import type { Reader } from "../store.ts";
import type { ChosenSessions } from "./chosen-sessions.ts";
import { type RollbackPlace, type SegmentPlace, type TurnPlace, turnsTakenBack } from "./taken-back.ts";

interface Ending extends TurnPlace {
  readonly outcome: SessionOutcome;
}

/** Per session, the outcome of its last turn that nobody took back; sessions without one are left out. */
export async function lastOutcomes(
  reader: Reader,
  chosen: ChosenSessions,
): Promise<ReadonlyMap<string, SessionOutcome>> {
  const segments = Map.groupBy(await segmentsOf(reader, chosen), (row) => row.session);
  const rollbacks = Map.groupBy(await rollbacksOf(reader, chosen), (row) => row.session);
  const turns = Map.groupBy(await turnsOf(reader, chosen), (row) => row.session);
  const outcomes = new Map<string, SessionOutcome>();
  for (const [session, own] of turns) {
    const gone = turnsTakenBack(segments.get(session) ?? [], own, rollbacks.get(session) ?? []);
    const last = own.findLast((turn) => !gone.has(turn));
    if (last !== undefined) outcomes.set(session, last.outcome);
  }
  return outcomes;
}

async function segmentsOf(
  reader: Reader,
  chosen: ChosenSessions,
): Promise<readonly (SegmentPlace & { readonly session: string })[]> {
  const rows = await reader.db
    .selectFrom("segments")
    .select(["session_id", "name", "source", "first_ordinal"])
    .where("session_id", "in", chosen.select("sessions.id"))
    .orderBy("first_ordinal")
    .orderBy("name")
    .execute();
  return rows.map((row) => ({
    session: row.session_id,
    name: idOf.segment(row.name),
    source: row.source as TraceSource, // `segmentRow` wrote it
    firstOrdinal: row.first_ordinal,
  }));
}

async function turnsOf(
  reader: Reader,
  chosen: ChosenSessions,
): Promise<readonly (Ending & { readonly session: string })[]> {
  const rows = await reader.db
    .selectFrom("turns")
    .innerJoin("segments", (join) =>
      join.onRef("segments.session_id", "=", "turns.session_id").onRef("segments.name", "=", "turns.segment"),
    )
    .select(["turns.session_id", "turns.segment", "turns.offset", "turns.ordinal", "turns.kind", "turns.outcome"])
    .where("turns.session_id", "in", chosen.select("sessions.id"))
    .orderBy("segments.first_ordinal")
    .orderBy("turns.segment")
    .orderBy("turns.offset")
    .orderBy("turns.turn_id")
    .execute();
  return rows.map((row) => ({
    session: row.session_id,
    segment: idOf.segment(row.segment),
    offset: row.offset,
    ordinal: row.ordinal,
    kind: row.kind as Turn["kind"], // `turnRow` wrote both
    outcome: row.outcome as SessionOutcome,
  }));
}

async function rollbacksOf(
  reader: Reader,
  chosen: ChosenSessions,
): Promise<readonly (RollbackPlace & { readonly session: string })[]> {
  const rows = await reader.db
    .selectFrom("marks")
    .select(["session_id", "segment", "offset", "count"])
    .where("kind", "=", "rollback")
    .where("session_id", "in", chosen.select("sessions.id"))
    .orderBy("segment")
    .orderBy("offset")
    .orderBy("item")
    .execute();
  return rows.map((row) => ({
    session: row.session_id,
    segment: idOf.segment(row.segment),
    offset: row.offset,
    count: row.count,
  }));
}
