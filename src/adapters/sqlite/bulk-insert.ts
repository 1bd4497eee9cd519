import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";

export interface Conflict {
  readonly key: readonly string[];
  readonly then: "update" | "ignore";
}

type Row = Readonly<Record<string, string | number | null>>;

/** Values bound by one call of a statement: enough to make the call cheap, few enough to keep the statement small. */
const VALUES_PER_CALL = 1000;

/** Inserts rows through statements that are prepared once per (table, columns, conflict) and kept. */
export type BulkInsert = (table: string, rows: readonly Row[], conflict: Conflict) => void;

export function bulkInsertInto(database: DatabaseSync): BulkInsert {
  const kept = new Map<string, StatementSync>();
  const prepared = (text: string): StatementSync => {
    const statement = kept.get(text) ?? database.prepare(text);
    kept.set(text, statement);
    return statement;
  };
  return (table, rows, conflict) => {
    const columns = Object.keys(rows[0] ?? {});
    const together = Math.max(1, Math.floor(VALUES_PER_CALL / Math.max(1, columns.length)));
    const many = insertText(table, columns, { conflict, count: together });
    const one = insertText(table, columns, { conflict, count: 1 });
    let at = 0;
    for (; at + together <= rows.length; at += together) {
      prepared(many).run(...valuesOf(rows.slice(at, at + together), columns));
    }
    for (; at < rows.length; at += 1) prepared(one).run(...valuesOf(rows.slice(at, at + 1), columns));
  };
}

function valuesOf(rows: readonly Row[], columns: readonly string[]): SQLInputValue[] {
  const values: SQLInputValue[] = [];
  for (const row of rows) for (const column of columns) values.push(row[column] ?? null);
  return values;
}

function insertText(
  table: string,
  columns: readonly string[],
  options: { readonly conflict: Conflict; readonly count: number },
): string {
  const marks = `(${columns.map(() => "?").join(",")})`;
  const values = Array.from({ length: options.count }, () => marks).join(",");
  return `insert into ${quoted(table)} (${columns.map(quoted).join(",")}) values ${values} ${conflictText(columns, options.conflict)}`;
}

function conflictText(columns: readonly string[], conflict: Conflict): string {
  if (conflict.key.length === 0) return "";
  const target = `on conflict (${conflict.key.map(quoted).join(",")})`;
  const others = columns.filter((column) => !conflict.key.includes(column));
  if (conflict.then === "ignore" || others.length === 0) return `${target} do nothing`;
  return `${target} do update set ${others.map((column) => `${quoted(column)} = excluded.${quoted(column)}`).join(",")}`;
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
