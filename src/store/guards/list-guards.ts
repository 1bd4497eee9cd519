import type { GuardRecord } from "../../model/guard.ts";
import type { Instant } from "../../model/time.ts";
import type { Reader } from "../store.ts";

/** Guards that ever fired in this store, by name. A name that is no guard any more is listed all the same. */
export async function listGuards(reader: Reader): Promise<readonly GuardRecord[]> {
  const rows = await reader.db.selectFrom("guards").selectAll().orderBy("name").execute();
  return rows.map((row) => ({
    name: row.name,
    times: row.times,
    lastAt: row.last_at as Instant,
    subject: row.subject,
  }));
}
