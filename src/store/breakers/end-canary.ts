import type { AttemptId } from "../../model/ids.ts";
import { appendEvent } from "../events/append-event.ts";
import type { Tx } from "../store.ts";

export interface CanaryEnd {
  readonly attemptId: AttemptId;
  readonly succeeded: boolean;
}

/**
 * Closes the breakers that this attempt was the canary of, or opens them again when it did not succeed: a canary that
 * was lost or cancelled has proved nothing. Says how many there were; 0 for an ordinary attempt.
 */
export async function endCanary(tx: Tx, { attemptId, succeeded }: CanaryEnd): Promise<number> {
  const rows = await tx.db
    .updateTable("breakers")
    .set({ state: succeeded ? "closed" : "open", canary_attempt_id: null, updated_at: tx.now })
    .where("state", "=", "canary")
    .where("canary_attempt_id", "=", attemptId)
    .returning(["signature", "failure_code", "tasks"])
    .execute();
  for (const { signature, failure_code: code, tasks } of rows) {
    const payload = { code, tasks, attempt: attemptId, canary: true };
    await appendEvent(tx, { type: succeeded ? "breaker.closed" : "breaker.opened", key: signature, payload });
  }
  return rows.length;
}
