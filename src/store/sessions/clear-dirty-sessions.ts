import type { Tx } from "../store.ts";
import type { DirtySession } from "./list-dirty-sessions.ts";

/**
 * Says that the signals of these sessions are computed. A session that changed after it was listed has another mark and
 * stays dirty: what was computed of it is of older rows.
 */
export async function clearDirtySessions(tx: Tx, sessions: readonly DirtySession[]): Promise<void> {
  for (const { id, mark } of sessions) {
    await tx.db.deleteFrom("dirty_sessions").where("session_id", "=", id).where("mark", "=", mark).execute();
  }
}
