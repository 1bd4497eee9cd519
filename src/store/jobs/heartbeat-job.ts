import { instantOf, msOf } from "../../model/time.ts";
import type { Tx } from "../store.ts";
import type { Claim } from "./job.ts";

/** `lost`: end the process group and write nothing more · `cancel`: somebody asked to stop · `go_on`. */
export type Pulse = "go_on" | "cancel" | "lost";

/** Keeps a claimed job for another `leaseMs`. */
export async function heartbeatJob(tx: Tx, claim: Claim, leaseMs: number): Promise<Pulse> {
  const row = await tx.db
    .updateTable("jobs")
    .set({ lease_until: instantOf(msOf(tx.now) + leaseMs) })
    .where("id", "=", claim.id)
    .where("state", "=", "active")
    .where("fence", "=", claim.fence)
    .returning("cancel_requested_at")
    .executeTakeFirst();
  if (row === undefined) return "lost";
  return row.cancel_requested_at === null ? "go_on" : "cancel";
}
