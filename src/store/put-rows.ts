import type { TableName } from "./dialect.ts";
import type { Tx } from "./store.ts";

/** Rows handed to the store in one call; more at once would only hold the process for longer. */
const ROWS_PER_CALL = 1000;

export interface PutRule {
  /** The columns that tell rows apart. */
  readonly key: readonly string[];
  /** What becomes of a row that is there already: the new one counts, or the old one. */
  readonly then: "update" | "ignore";
}

/** Writes any number of rows of one table. */
export async function putRows(
  tx: Tx,
  table: TableName,
  { rows, ...rule }: PutRule & { readonly rows: readonly Record<string, string | number | null>[] },
): Promise<void> {
  for (let at = 0; at < rows.length; at += ROWS_PER_CALL) {
    await tx.dialect.bulkInsert(tx, table, rows.slice(at, at + ROWS_PER_CALL), rule);
  }
}

/** A truth value as both stores keep it. */
export function bit(value: boolean): number {
  return value ? 1 : 0;
}
