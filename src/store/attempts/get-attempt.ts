import type { Attempt } from "../../model/attempt.ts";
import type { AttemptId } from "../../model/ids.ts";
import type { Reader } from "../store.ts";
import { attemptOf } from "./attempt-row.ts";

/** `null` when there is no such attempt. */
export async function getAttempt(reader: Reader, id: AttemptId): Promise<Attempt | null> {
  const row = await reader.db.selectFrom("attempts").selectAll().where("id", "=", id).executeTakeFirst();
  return row === undefined ? null : attemptOf(row);
}
