import type { TableName } from "../dialect.ts";
import type { Reader } from "../store.ts";

/** How many rows a table has. */
export async function countRows(reader: Reader, table: TableName): Promise<number> {
  const counted = await reader.db
    .selectFrom(table)
    .select((eb) => eb.fn.countAll<number>().as("rows"))
    .executeTakeFirstOrThrow();
  return counted.rows;
}
