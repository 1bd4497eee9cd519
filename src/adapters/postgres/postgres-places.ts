import { sql } from "kysely";
import type { Position } from "../../model/event.ts";
import type { Places } from "../../store/dialect.ts";

/** A `seq` taken early may be committed late, so the reading order is (tx, seq) and a place is written `tx.seq`. */
export const postgresPlaces: Places = {
  start: "0.0" as Position,
  parse: (text) => (/^\d{1,20}\.\d{1,15}$/.test(text) ? (text as Position) : null),
  of: () => sql<Position>`${sql.ref("events.tx")}::text || '.' || ${sql.ref("events.seq")}::text`,
  after: (_eb, position) => {
    const [tx = "0", seq = "0"] = position.split(".");
    return sql<boolean>`(${sql.ref("events.tx")}, ${sql.ref("events.seq")}) > (${tx}::text::xid8, ${seq}::text::bigint)`;
  },
  // `tx` is a column of this dialect alone, so Kysely's schema does not know it.
  inOrder: (query, direction = "asc") =>
    query.orderBy(sql.ref("events.tx"), direction).orderBy("events.seq", direction),
};
