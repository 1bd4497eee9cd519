import { instantOf } from "../../model/time.ts";
import type { Tx } from "../store.ts";
import type { Lease } from "./lease.ts";

/** Gives a lease back, so that the next one need not wait for its end. One that was lost already stays with its new holder. */
export async function releaseLease(tx: Tx, lease: Pick<Lease, "name" | "fence">): Promise<void> {
  await tx.db
    .updateTable("leases")
    .set((eb) => ({ expires_at: instantOf(0), address: null, fence: eb("fence", "+", 1) }))
    .where("name", "=", lease.name)
    .where("fence", "=", lease.fence)
    .execute();
}
