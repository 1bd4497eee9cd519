import { sql } from "kysely";
import type { Connection, Dialect, SearchHit } from "../../store/dialect.ts";
import { phrasesOf } from "../../store/search/phrases.ts";
import { bulkInsertWith } from "./bulk-insert.ts";
import { postgresPlaces } from "./postgres-places.ts";

/** Postgres' spelling of the dialect. */
export function postgresDialect(): Dialect {
  const bulkInsert = bulkInsertWith();
  return {
    kind: "postgres",
    bulkInsert: (tx, table, rows, conflict) => bulkInsert(tx, table, { rows, conflict }),
    search,
    dayOf: (column) => sql<string | null>`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD')`,
    skipLocked: (query) => query.forUpdate().skipLocked(),
    // A transaction still running may commit a smaller place than one already visible; wait until it has ended.
    settled: () => sql<boolean>`${sql.ref("events.tx")} < pg_snapshot_xmin(pg_current_snapshot())`,
    places: postgresPlaces,
    insertMovedEvents: (tx, rows) =>
      // `tx` numbers belong to one server; 0 stands before all of this one's.
      bulkInsert(tx, "events", {
        rows: rows.map((row) => ({ ...row, tx: "0" })),
        conflict: { key: [], then: "ignore" },
      }),
    tableBytes,
  };
}

/** Each phrase must stand in the text; the rank is `ts_rank`, so more and closer words stand higher. */
async function search(reader: Connection, words: string, limit: number): Promise<readonly SearchHit[]> {
  const phrases = phrasesOf(words);
  if (phrases.length === 0) return [];
  const query = sql.join(
    phrases.map((phrase) => sql`phraseto_tsquery('simple', ${phrase.join(" ")}::text)`),
    sql` && `,
  );
  const hits = await sql<SearchHit>`
    with asked as (select ${query} as query),
    hits as (
      select session_id, segment, "offset", line, turn_id, 'message' as source, text, ts_rank(words, query)::float8 as score
        from messages, asked where words @@ query
      union all
      select session_id, segment, "offset", line, turn_id, 'command' as source, input as text, ts_rank(words, query)::float8 as score
        from tool_calls, asked where words @@ query
    )
    select * from hits order by score desc, session_id, segment, "offset" limit ${limit}
  `.execute(reader.db);
  return hits.rows;
}

async function tableBytes(reader: Connection): Promise<ReadonlyMap<string, number>> {
  const sizes = await sql<{ name: string; bytes: number }>`
    select relname as name, pg_total_relation_size(oid) as bytes
      from pg_class where relkind = 'r' and relnamespace = current_schema()::regnamespace
  `.execute(reader.db);
  return new Map(sizes.rows.map(({ name, bytes }) => [name, bytes]));
}
