import type { Reader } from "../store.ts";
import type { Seal } from "./seal.ts";

/** The end of the chain; `null` when nothing is sealed. */
export async function lastSeal(reader: Reader): Promise<Seal | null> {
  const row = await reader.db.selectFrom("event_seals").selectAll().orderBy("n", "desc").limit(1).executeTakeFirst();
  return row ?? null;
}
