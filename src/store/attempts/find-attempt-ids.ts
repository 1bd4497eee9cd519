import { idOf, type AttemptId } from "../../model/ids.ts";
import type { Reader } from "../store.ts";

/** Ids that begin with `start`, at most `limit`. A range, not a pattern: wildcards in `start` mean themselves. */
export async function findAttemptIds(
  reader: Reader,
  { start, limit }: { readonly start: string; readonly limit: number },
): Promise<readonly AttemptId[]> {
  const rows = await reader.db
    .selectFrom("attempts")
    .select("id")
    .where("id", ">=", start)
    .where("id", "<", `${start}\u{10FFFF}`)
    .orderBy("id")
    .limit(limit)
    .execute();
  return rows.map((row) => idOf.attempt(row.id));
}
