import type { Event } from "../../model/event.ts";
import type { EventId } from "../../model/ids.ts";
import type { Reader } from "../store.ts";
import { EVENT_COLUMNS, eventOf } from "./event-row.ts";

/** One event by its id; `null` when the log holds none of it. */
export async function readEvent(reader: Reader, id: EventId): Promise<Event | null> {
  const row = await reader.db.selectFrom("events").select(EVENT_COLUMNS).where("id", "=", id).executeTakeFirst();
  return row === undefined ? null : eventOf(row);
}
