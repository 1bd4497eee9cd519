import type { SessionId } from "../../model/ids.ts";
import type { Instant } from "../../model/time.ts";
import type { Mark, Message, Segment, Session, SessionTrace, TokenUsage, ToolCall, Turn } from "../../model/trace.ts";
import { callOf } from "../calls/call-row.ts";
import { markOf } from "../marks/mark-row.ts";
import { messageOf } from "../messages/message-row.ts";
import type { Reader } from "../store.ts";
import { turnOf } from "../turns/turn-row.ts";
import { usageOf } from "../usage/usage-row.ts";
import { segmentOf, sessionOf } from "./session-row.ts";
import { sessionTraceOf } from "./session-trace-of.ts";

/**
 * The traces of the sessions that exist, in the order asked for: one query a table, however many sessions. Every row of
 * all of them is held at once.
 */
export async function loadSessionTraces(
  reader: Reader,
  ids: readonly SessionId[],
  options: { readonly now: Instant },
): Promise<readonly SessionTrace[]> {
  const sessions = new Map((await sessionsOf(reader, ids)).map((session) => [session.id, session]));
  const segments = bySession(await segmentsOf(reader, ids));
  const turns = bySession(await turnsOf(reader, ids));
  const calls = bySession(await callsOf(reader, ids));
  const messages = bySession(await messagesOf(reader, ids));
  const usage = bySession(await usagesOf(reader, ids));
  const marks = bySession(await marksOf(reader, ids));
  return ids.flatMap((id) => {
    const session = sessions.get(id);
    if (session === undefined) return [];
    const rows = {
      session,
      segments: segments.get(id) ?? [],
      turns: turns.get(id) ?? [],
      calls: calls.get(id) ?? [],
      messages: messages.get(id) ?? [],
      usage: usage.get(id) ?? [],
      marks: marks.get(id) ?? [],
    };
    return [sessionTraceOf(rows, options)];
  });
}

function bySession<Row extends { readonly sessionId: SessionId }>(rows: readonly Row[]): ReadonlyMap<SessionId, Row[]> {
  return Map.groupBy(rows, (row) => row.sessionId);
}

async function sessionsOf(reader: Reader, ids: readonly SessionId[]): Promise<readonly Session[]> {
  return (await reader.db.selectFrom("sessions").selectAll().where("id", "in", ids).execute()).map(sessionOf);
}

async function segmentsOf(reader: Reader, ids: readonly SessionId[]): Promise<readonly Segment[]> {
  const query = reader.db.selectFrom("segments").selectAll().where("session_id", "in", ids);
  return (await query.orderBy("first_ordinal").orderBy("name").execute()).map(segmentOf);
}

async function turnsOf(reader: Reader, ids: readonly SessionId[]): Promise<readonly Turn[]> {
  const query = reader.db.selectFrom("turns").selectAll().where("session_id", "in", ids);
  return (await query.orderBy("session_id").orderBy("segment").orderBy("offset").orderBy("turn_id").execute()).map(
    turnOf,
  );
}

async function callsOf(reader: Reader, ids: readonly SessionId[]): Promise<readonly ToolCall[]> {
  const query = reader.db.selectFrom("tool_calls").selectAll().where("session_id", "in", ids);
  return (await query.orderBy("session_id").orderBy("segment").orderBy("offset").orderBy("call_id").execute()).map(
    callOf,
  );
}

async function messagesOf(reader: Reader, ids: readonly SessionId[]): Promise<readonly Message[]> {
  const query = reader.db.selectFrom("messages").selectAll().where("session_id", "in", ids);
  return (await query.orderBy("session_id").orderBy("segment").orderBy("offset").orderBy("item").execute()).map(
    messageOf,
  );
}

async function usagesOf(reader: Reader, ids: readonly SessionId[]): Promise<readonly TokenUsage[]> {
  const query = reader.db.selectFrom("token_usage").selectAll().where("session_id", "in", ids);
  const ordered = query.orderBy("session_id").orderBy("segment").orderBy("offset").orderBy("response_id");
  return (await ordered.execute()).map(usageOf);
}

async function marksOf(reader: Reader, ids: readonly SessionId[]): Promise<readonly Mark[]> {
  const query = reader.db.selectFrom("marks").selectAll().where("session_id", "in", ids);
  return (await query.orderBy("session_id").orderBy("segment").orderBy("offset").orderBy("item").execute()).map(markOf);
}
