import type { Event } from "../../src/model/event.ts";
import { EVENT_COLUMNS, eventOf } from "../../src/store/events/event-row.ts";
import type { Store } from "../../src/store/store.ts";

/**
 * Everything in the log in the order it was written by one writer. Readers of the product wait until nothing in flight
 * stands before an event; on a server that other tests use too, that may be a while.
 */
export async function loggedEvents(store: Store): Promise<readonly Event[]> {
  const rows = await store.read((reader) =>
    reader.db.selectFrom("events").select(EVENT_COLUMNS).orderBy("seq").execute(),
  );
  return rows.map(eventOf);
}
