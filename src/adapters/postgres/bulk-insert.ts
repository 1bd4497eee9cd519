import { CompiledQuery, sql } from "kysely";
import type { Connection } from "../../store/dialect.ts";

type Row = Readonly<Record<string, string | number | null>>;

export interface Conflict {
  readonly key: readonly string[];
  readonly then: "update" | "ignore";
}

/** Inserts rows as one array per column: few parameters, and one plan whatever the number of rows. */
export type BulkInsert = (
  reader: Connection,
  table: string,
  batch: { readonly rows: readonly Row[]; readonly conflict: Conflict },
) => Promise<void>;

export function bulkInsertWith(): BulkInsert {
  const known = new Map<string, ReadonlyMap<string, string>>();
  return async (reader, table, { rows, conflict }) => {
    const types = known.get(table) ?? (await columnTypes(reader, table));
    known.set(table, types);
    const columns = Object.keys(rows[0] ?? {});
    const kept = conflict.then === "update" ? lastOfEachKey(rows, conflict.key) : rows;
    const arrays = columns.map((column) => kept.map((row) => row[column] ?? null));
    await reader.db.executeQuery(CompiledQuery.raw(insertText(table, columns, { types, conflict }), arrays));
  };
}

/** Types as the catalog spells them, so that the arrays are cast to what the columns are. */
async function columnTypes(reader: Connection, table: string): Promise<ReadonlyMap<string, string>> {
  const columns = await sql<{ name: string; type: string }>`
    select attname as name, format_type(atttypid, null) as type
      from pg_attribute where attrelid = ${table}::text::regclass and attnum > 0 and not attisdropped
  `.execute(reader.db);
  return new Map(columns.rows.map(({ name, type }) => [name, type]));
}

/** One statement may touch a row once; of rows with one key the last one counts, as if they had come one by one. */
function lastOfEachKey(rows: readonly Row[], key: readonly string[]): readonly Row[] {
  if (key.length === 0) return rows;
  const last = new Map(rows.map((row) => [JSON.stringify(key.map((column) => row[column])), row]));
  return last.size === rows.length ? rows : [...last.values()];
}

function insertText(
  table: string,
  columns: readonly string[],
  options: { readonly types: ReadonlyMap<string, string>; readonly conflict: Conflict },
): string {
  const names = columns.map(quoted).join(", ");
  const arrays = columns.map((column, index) => `$${index + 1}::${typeOf(column, table, options.types)}[]`).join(", ");
  return `insert into ${quoted(table)} (${names}) select * from unnest(${arrays}) ${conflictText(columns, options.conflict)}`;
}

function typeOf(column: string, table: string, types: ReadonlyMap<string, string>): string {
  const type = types.get(column);
  if (type === undefined) throw new Error(`the table ${table} has no column ${column}`);
  return type;
}

function conflictText(columns: readonly string[], conflict: Conflict): string {
  if (conflict.key.length === 0) return "";
  const target = `on conflict (${conflict.key.map(quoted).join(", ")})`;
  const others = columns.filter((column) => !conflict.key.includes(column));
  if (conflict.then === "ignore" || others.length === 0) return `${target} do nothing`;
  return `${target} do update set ${others.map((column) => `${quoted(column)} = excluded.${quoted(column)}`).join(", ")}`;
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
