import type { Instant } from "../../model/time.ts";
import type { Reader } from "../store.ts";

/** How many sessions have their last line before `before`: what a prune would take. */
export async function countOldSessions(reader: Reader, before: Instant): Promise<number> {
  const row = await reader.db
    .selectFrom("sessions")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("last_at", "<", before)
    .executeTakeFirstOrThrow();
  return row.count;
}
