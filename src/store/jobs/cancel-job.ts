import type { JobId } from "../../model/ids.ts";
import type { Tx } from "../store.ts";

/** `cancelled`: it was queued and is closed · `asked`: its worker hears of it at the next heartbeat · `closed`: too late, or no such job. */
export type Cancelling = "cancelled" | "asked" | "closed";

export async function cancelJob(tx: Tx, id: JobId): Promise<Cancelling> {
  const closed = await tx.db
    .updateTable("jobs")
    .set({ state: "cancelled", cancel_requested_at: tx.now, finished_at: tx.now })
    .where("id", "=", id)
    .where("state", "=", "queued")
    .returning("id")
    .execute();
  if (closed.length === 1) return "cancelled";
  const asked = await tx.db
    .updateTable("jobs")
    .set({ cancel_requested_at: tx.now })
    .where("id", "=", id)
    .where("state", "=", "active")
    .returning("id")
    .execute();
  return asked.length === 1 ? "asked" : "closed";
}
