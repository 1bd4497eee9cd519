import type { AttemptId } from "../../model/ids.ts";
import { appendEvent } from "../events/append-event.ts";
import type { Tx } from "../store.ts";

/** Makes this attempt the one that an open breaker lets through; false when it is not open, or another was quicker. */
export async function claimCanary(tx: Tx, signature: string, attemptId: AttemptId): Promise<boolean> {
  const rows = await tx.db
    .updateTable("breakers")
    .set({ state: "canary", canary_attempt_id: attemptId, updated_at: tx.now })
    .where("signature", "=", signature)
    .where("state", "=", "open")
    .returning("signature")
    .execute();
  if (rows.length !== 1) return false;
  await appendEvent(tx, { type: "breaker.tried", key: signature, payload: { attempt: attemptId } });
  return true;
}
