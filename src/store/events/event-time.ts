import type { EventType } from "../../model/event.ts";
import type { Instant } from "../../model/time.ts";
import type { Reader } from "../store.ts";

/** When something of this type last happened to this key; `null`: never. */
export async function eventTime(
  reader: Reader,
  { key, type }: { readonly key: string; readonly type: EventType },
): Promise<Instant | null> {
  const row = await reader.db
    .selectFrom("events")
    .select((eb) => eb.fn.max<string | null>("at").as("at"))
    .where("key", "=", key)
    .where("type", "=", type)
    .executeTakeFirst();
  // The adapter returns times as the text an act wrote.
  return (row?.at ?? null) as Instant | null;
}
