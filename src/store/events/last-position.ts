import type { Position } from "../../model/event.ts";
import type { Reader } from "../store.ts";

/**
 * The last place that readers may see, for one that wants only what comes after; the beginning when there is none. What a
 * transaction in flight has appended comes after.
 */
export async function lastPosition(reader: Reader): Promise<Position> {
  const { places, settled } = reader.dialect;
  const query = reader.db
    .selectFrom("events")
    .select((eb) => places.of(eb).as("position"))
    .where((eb) => settled(eb));
  const row = await places.inOrder(query, "desc").limit(1).executeTakeFirst();
  return row?.position ?? places.start;
}
