import type { Position } from "../../model/event.ts";
import type { Reader } from "../store.ts";

/** Where the log ends at the moment, for a reader that wants only what comes after; the beginning when it is empty. */
export async function lastPosition(reader: Reader): Promise<Position> {
  const { places } = reader.dialect;
  const row = await reader.db
    .selectFrom("events")
    .select((eb) => places.of(eb).as("position"))
    .orderBy("seq", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.position ?? places.start;
}
