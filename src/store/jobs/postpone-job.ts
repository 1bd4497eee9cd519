import type { Instant } from "../../model/time.ts";
import type { Tx } from "../store.ts";
import type { Claim } from "./job.ts";

/** Queues a claimed job again for `runAt`, as its stage asked; that is no failure and costs no attempt. False when it was lost. */
export async function postponeJob(tx: Tx, claim: Claim, runAt: Instant): Promise<boolean> {
  const rows = await tx.db
    .updateTable("jobs")
    .set((eb) => ({
      state: "queued",
      run_at: runAt,
      attempts: eb("attempts", "-", 1),
      lease_until: null,
      worker: null,
    }))
    .where("id", "=", claim.id)
    .where("state", "=", "active")
    .where("fence", "=", claim.fence)
    .returning("id")
    .execute();
  return rows.length === 1;
}
