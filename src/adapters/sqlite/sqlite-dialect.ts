import type { DatabaseSync } from "node:sqlite";
import { sql } from "kysely";
import type { Connection, Dialect, SearchHit } from "../../store/dialect.ts";
import { phrasesOf } from "../../store/search/phrases.ts";
import { bulkInsertInto } from "./bulk-insert.ts";
import { sqlitePlaces } from "./sqlite-places.ts";

/** SQLite's spelling of the dialect; `database` is the connection that writes. */
export function sqliteDialect(database: DatabaseSync): Dialect {
  const bulkInsert = bulkInsertInto(database);
  return {
    kind: "sqlite",
    bulkInsert: async (_tx, table, rows, onConflict) => bulkInsert(table, rows, onConflict),
    search,
    dayOf: (column) => sql<string | null>`substr(${column}, 1, 10)`,
    skipLocked: (query) => query,
    // One writer at a time: whatever is committed has nothing in flight before it.
    settled: () => sql<boolean>`true`,
    places: sqlitePlaces,
    insertMovedEvents: async (_tx, rows) => bulkInsert("events", rows, { key: [], then: "ignore" }),
    tableBytes,
  };
}

/** The best `limit` hits are found in the word index alone, then looked up: message n stands at 2n, call n at 2n + 1. */
async function search(reader: Connection, words: string, limit: number): Promise<readonly SearchHit[]> {
  const phrases = phrasesOf(words);
  if (phrases.length === 0) return [];
  // Phrases hold letters and digits only, so the quotes cannot be closed from inside.
  const match = phrases.map((phrase) => `"${phrase.join(" ")}"`).join(" AND ");
  const hits = await sql<SearchHit>`
    with hits as (select rowid as n, rank from words where words match ${match} order by rank limit ${limit})
    select session_id, segment, "offset", line, turn_id, 'message' as source, text, -hits.rank as score
      from hits join messages on messages.n = hits.n / 2 where hits.n % 2 = 0
    union all
    select session_id, segment, "offset", line, turn_id, 'command' as source, input as text, -hits.rank as score
      from hits join tool_calls on tool_calls.n = hits.n / 2 where hits.n % 2 = 1
    order by score desc, session_id, segment, "offset"
  `.execute(reader.db);
  return hits.rows;
}

async function tableBytes(reader: Connection): Promise<ReadonlyMap<string, number>> {
  const sizes = await sql<{ name: string; bytes: number }>`
    select sqlite_schema.tbl_name as name, sum(dbstat.pgsize) as bytes
      from dbstat join sqlite_schema on sqlite_schema.name = dbstat.name
     where dbstat.aggregate = true group by sqlite_schema.tbl_name
  `.execute(reader.db);
  return new Map(sizes.rows.map(({ name, bytes }) => [name, bytes]));
}
