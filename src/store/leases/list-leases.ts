import type { Reader } from "../store.ts";
import { leaseOf, type Lease } from "./lease.ts";

/** All leases ever taken, by name; one whose `expiresAt` is over is free. */
export async function listLeases(reader: Reader): Promise<readonly Lease[]> {
  const rows = await reader.db.selectFrom("leases").selectAll().orderBy("name").execute();
  return rows.map(leaseOf);
}
