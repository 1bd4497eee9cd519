/**
 * A named role that one process at a time may play: scheduler, relay, sealer.
 *
 *     free ──take──▶ held ──renew──▶ held
 *      ▲               │ release · its time runs out · its holder is dead on this host
 *      └───────────────┘
 *
 * Every take and release raises the fence, and a row is never deleted, so an old holder's fence is refused for ever.
 */
import type { Selectable } from "kysely";
import type { Holder } from "../../model/holder.ts";
import type { Instant } from "../../model/time.ts";
import type { LeasesTable } from "../schema.ts";

export interface Lease {
  readonly name: string;
  readonly holder: Holder;
  /** Where the role can be reached, for roles that listen. */
  readonly address: string | null;
  readonly fence: number;
  readonly expiresAt: Instant;
}

export function leaseOf(row: Selectable<LeasesTable>): Lease {
  return {
    name: row.name,
    // Only `takeLease` writes these columns.
    holder: row.holder as Holder,
    address: row.address,
    fence: row.fence,
    expiresAt: row.expires_at as Instant,
  };
}
