import type { Change } from "../../model/change.ts";
import type { AttemptId, IdeaId } from "../../model/ids.ts";
import type { Reader } from "../store.ts";
import { changeOf } from "./change-row.ts";

/** The changes of an idea in the order they were made. */
export async function listChanges(reader: Reader, ideaId: IdeaId): Promise<readonly Change[]> {
  const rows = await reader.db
    .selectFrom("changes")
    .selectAll()
    .where("idea_id", "=", ideaId)
    .orderBy("created_at")
    .orderBy("id")
    .execute();
  return rows.map(changeOf);
}

/** What an attempt changed; `null`: nothing. */
export async function changeOfAttempt(reader: Reader, attemptId: AttemptId): Promise<Change | null> {
  const row = await reader.db.selectFrom("changes").selectAll().where("attempt_id", "=", attemptId).executeTakeFirst();
  return row === undefined ? null : changeOf(row);
}
