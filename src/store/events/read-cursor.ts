import type { Position } from "../../model/event.ts";
import type { Reader } from "../store.ts";

/** How far a consumer has read; the beginning of the log for one that is new. */
export async function readCursor(reader: Reader, consumer: string): Promise<Position> {
  const row = await reader.db
    .selectFrom("consumer_cursors")
    .select("position")
    .where("consumer", "=", consumer)
    .executeTakeFirst();
  // Only `moveCursor` and imports write places.
  return row === undefined ? reader.dialect.places.start : (row.position as Position);
}
