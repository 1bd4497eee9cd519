import { sql } from "kysely";
import type { Position } from "../../model/event.ts";
import type { Places } from "../../store/dialect.ts";

/** One writer at a time: `seq` is the order of commits, so the place of an event is its `seq` as text. */
export const sqlitePlaces: Places = {
  start: "0" as Position,
  parse: (text) => (/^\d{1,15}$/.test(text) ? (text as Position) : null),
  of: () => sql<Position>`cast(${sql.ref("events.seq")} as text)`,
  // A bigint binds as INTEGER; a JS number would bind as REAL.
  after: (_eb, position) => sql<boolean>`${sql.ref("events.seq")} > ${BigInt(position)}`,
  inOrder: (query, direction = "asc") => query.orderBy("events.seq", direction),
};
