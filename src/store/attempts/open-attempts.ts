import type { Attempt } from "../../model/attempt.ts";
import type { Reader } from "../store.ts";
import { attemptOf } from "./attempt-row.ts";

/** Attempts that have not ended, the oldest first. There are no more than attempts at once. */
export async function openAttempts(reader: Reader): Promise<readonly Attempt[]> {
  const rows = await reader.db
    .selectFrom("attempts")
    .selectAll()
    .where("state", "<>", "ended")
    .orderBy("queued_at")
    .orderBy("id")
    .execute();
  return rows.map(attemptOf);
}
