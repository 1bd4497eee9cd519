import type { Cap } from "../../model/cap.ts";
import type { Reader } from "../store.ts";
import { capOf } from "./cap-row.ts";

/** The caps that were spent from last, at most `limit`: the widest scopes of a day are among them as long as it goes on. */
export async function listLatestCaps(reader: Reader, limit: number): Promise<readonly Cap[]> {
  const rows = await reader.db
    .selectFrom("caps")
    .selectAll()
    .orderBy("updated_at", "desc")
    .orderBy("scope")
    .orderBy("unit")
    .limit(limit)
    .execute();
  return rows.map(capOf);
}
