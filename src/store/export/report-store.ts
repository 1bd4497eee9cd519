import { sql } from "kysely";
import type { Reader } from "../store.ts";
import { PLAIN_TABLES } from "./tables.ts";

export interface TableSize {
  readonly table: string;
  readonly rows: number;
  /** On disk, indexes included. */
  readonly bytes: number;
}

/** Rows and bytes of every table, the largest first. */
export async function reportStore(reader: Reader): Promise<readonly TableSize[]> {
  const bytes = await reader.dialect.tableBytes(reader);
  const sizes: TableSize[] = [];
  for (const table of [...PLAIN_TABLES, "consumer_cursors", "events", "leases", "schema_migrations"]) {
    const counted = await sql<{ rows: number }>`select count(*) as rows from ${sql.table(table)}`.execute(reader.db);
    sizes.push({ table, rows: counted.rows[0]?.rows ?? 0, bytes: bytes.get(table) ?? 0 });
  }
  return sizes.toSorted((left, right) => right.bytes - left.bytes || (left.table < right.table ? -1 : 1));
}
