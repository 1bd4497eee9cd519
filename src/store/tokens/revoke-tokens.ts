import type { AttemptId } from "../../model/ids.ts";
import type { Tx } from "../store.ts";

/** Ends every token of an attempt, of either use. Again changes nothing. */
export async function revokeTokens(tx: Tx, attemptId: AttemptId): Promise<void> {
  await tx.db
    .updateTable("tokens")
    .set({ revoked_at: tx.now })
    .where("attempt_id", "=", attemptId)
    .where("revoked_at", "is", null)
    .execute();
}
