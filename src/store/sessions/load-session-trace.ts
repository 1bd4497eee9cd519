import type { SegmentName, SessionId } from "../../model/ids.ts";
import type { Instant } from "../../model/time.ts";
import type { Mark, Place, Segment, SessionTrace, Turn } from "../../model/trace.ts";
import { callOf } from "../calls/call-row.ts";
import { markOf } from "../marks/mark-row.ts";
import { messageOf } from "../messages/message-row.ts";
import type { Reader } from "../store.ts";
import { turnOf } from "../turns/turn-row.ts";
import { usageOf } from "../usage/usage-row.ts";
import { sessionOutcome } from "./session-outcome.ts";
import { segmentOf, sessionOf } from "./session-row.ts";
import { turnsTakenBack } from "./taken-back.ts";

/** One session with all its rows, each list in thread order; `null` when there is no such session. */
export async function loadSessionTrace(
  reader: Reader,
  id: SessionId,
  options: { readonly now: Instant },
): Promise<SessionTrace | null> {
  const row = await reader.db.selectFrom("sessions").selectAll().where("id", "=", id).executeTakeFirst();
  if (row === undefined) return null;
  const session = sessionOf(row);
  const segments = await segmentsOf(reader, id);
  const starts = linesBefore(segments.filter((segment) => !isMergedStream(segment, segments)));
  const seqOf = (place: Place): number => {
    const before = starts.get(place.segment);
    return before === undefined ? 0 : before + place.line;
  };
  const marks = inOrder(await marksOf(reader, id), segments);
  const turns = withTakenBack(segments, inOrder(await turnsOf(reader, id), segments), marks);
  const last = turns.findLast((turn) => !turn.reverted)?.outcome ?? null;
  return {
    session,
    outcome: sessionOutcome(last, { lastAt: session.lastAt, now: options.now }),
    segments,
    turns,
    calls: inOrder(await callsOf(reader, id), segments),
    messages: inOrder(await messagesOf(reader, id), segments),
    usage: inOrder(await usageRows(reader, id), segments),
    marks,
    seqOf,
  };
}

function withTakenBack(segments: readonly Segment[], turns: readonly Turn[], marks: readonly Mark[]): readonly Turn[] {
  const gone = turnsTakenBack(
    segments,
    turns,
    marks.filter(({ kind }) => kind === "rollback"),
  );
  return turns.map((turn) => (gone.has(turn) ? { ...turn, reverted: true } : turn));
}

async function segmentsOf(reader: Reader, id: SessionId): Promise<readonly Segment[]> {
  const query = reader.db.selectFrom("segments").selectAll().where("session_id", "=", id);
  const segments = (await query.orderBy("first_ordinal").orderBy("name").execute()).map(segmentOf);
  return segments.toSorted((left, right) => Number(left.source === "exec") - Number(right.source === "exec"));
}

/**
 * A stream that merged into a thread with a rollout has no line numbers of its own there: they would shift those of
 * every other line, and with them the ids of signals.
 */
function isMergedStream({ source }: Segment, segments: readonly Segment[]): boolean {
  return source === "exec" && segments.some((other) => other.source === "rollout");
}

/** Rows of one segment come in order from the store; the segments' own order is the thread's. */
function inOrder<Row extends Place>(rows: readonly Row[], segments: readonly Segment[]): readonly Row[] {
  if (segments.length === 1) return rows;
  const order = new Map(segments.map(({ name }, index) => [name, index]));
  const placeOf = (row: Row): number => order.get(row.segment) ?? segments.length;
  return rows.toSorted((left, right) => placeOf(left) - placeOf(right));
}

function linesBefore(segments: readonly Segment[]): ReadonlyMap<SegmentName, number> {
  const starts = new Map<SegmentName, number>();
  let lines = 0;
  for (const segment of segments) {
    starts.set(segment.name, lines);
    lines += segment.lines;
  }
  return starts;
}

async function turnsOf(reader: Reader, id: SessionId): Promise<readonly Turn[]> {
  const query = reader.db.selectFrom("turns").selectAll().where("session_id", "=", id);
  return (await query.orderBy("segment").orderBy("offset").orderBy("turn_id").execute()).map(turnOf);
}

async function callsOf(reader: Reader, id: SessionId): Promise<SessionTrace["calls"]> {
  const query = reader.db.selectFrom("tool_calls").selectAll().where("session_id", "=", id);
  return (await query.orderBy("segment").orderBy("offset").orderBy("call_id").execute()).map(callOf);
}

async function messagesOf(reader: Reader, id: SessionId): Promise<SessionTrace["messages"]> {
  const query = reader.db.selectFrom("messages").selectAll().where("session_id", "=", id);
  return (await query.orderBy("segment").orderBy("offset").orderBy("item").execute()).map(messageOf);
}

async function usageRows(reader: Reader, id: SessionId): Promise<SessionTrace["usage"]> {
  const query = reader.db.selectFrom("token_usage").selectAll().where("session_id", "=", id);
  return (await query.orderBy("segment").orderBy("offset").orderBy("response_id").execute()).map(usageOf);
}

async function marksOf(reader: Reader, id: SessionId): Promise<readonly Mark[]> {
  const query = reader.db.selectFrom("marks").selectAll().where("session_id", "=", id);
  return (await query.orderBy("segment").orderBy("offset").orderBy("item").execute()).map(markOf);
}
