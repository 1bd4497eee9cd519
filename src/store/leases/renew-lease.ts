import { instantOf, msOf } from "../../model/time.ts";
import type { Tx } from "../store.ts";
import type { Lease } from "./lease.ts";

/** Holds on to a lease for another `ttlMs`; false when it was lost: then stop playing the role and write nothing more. */
export async function renewLease(tx: Tx, lease: Pick<Lease, "name" | "fence">, ttlMs: number): Promise<boolean> {
  const rows = await tx.db
    .updateTable("leases")
    .set({ expires_at: instantOf(msOf(tx.now) + ttlMs) })
    .where("name", "=", lease.name)
    .where("fence", "=", lease.fence)
    .returning("name")
    .execute();
  return rows.length === 1;
}
