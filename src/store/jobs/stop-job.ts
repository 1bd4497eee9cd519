import type { Tx } from "../store.ts";
import type { Claim } from "./job.ts";

/** Closes a claimed job as cancelled: its worker has stopped as it was asked to. False when it was lost. */
export async function stopJob(tx: Tx, claim: Claim): Promise<boolean> {
  const rows = await tx.db
    .updateTable("jobs")
    .set({ state: "cancelled", lease_until: null, finished_at: tx.now })
    .where("id", "=", claim.id)
    .where("state", "=", "active")
    .where("fence", "=", claim.fence)
    .returning("id")
    .execute();
  return rows.length === 1;
}
