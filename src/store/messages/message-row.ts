import type { Insertable, Selectable } from "kysely";
import { idOf } from "../../model/ids.ts";
import type { Redacted } from "../../model/redacted.ts";
import type { Instant } from "../../model/time.ts";
import type { Message } from "../../model/trace.ts";
import type { MessagesTable } from "../schema.ts";

export function messageRow(message: Message, item: number): Insertable<MessagesTable> {
  return {
    session_id: message.sessionId,
    segment: message.segment,
    offset: message.offset,
    line: message.line,
    item,
    turn_id: message.turnId,
    role: message.role,
    text: message.text,
    at: message.at,
  };
}

/** A row as the model knows it; the casts hold because `messageRow` wrote it, from redacted text. */
export function messageOf(row: Selectable<MessagesTable>): Message {
  return {
    sessionId: idOf.session(row.session_id),
    segment: idOf.segment(row.segment),
    offset: row.offset,
    line: row.line,
    turnId: row.turn_id === null ? null : idOf.turn(row.turn_id),
    role: row.role as Message["role"],
    text: row.text as Redacted,
    at: row.at as Instant | null,
  };
}
