import type { Holder } from "../../model/holder.ts";
import { instantOf, msOf } from "../../model/time.ts";
import type { Tx } from "../store.ts";
import type { AttemptClaim } from "./refuse-fence.ts";

export interface Placement extends AttemptClaim {
  /** The runner's process, as the engine knows it. */
  readonly holder: Holder;
  /** How long it has for its first call, milliseconds. */
  readonly leaseMs: number;
}

/** Notes where a queued attempt's runner was started, so that one that dies before its first call is missed. False: too late. */
export async function placeAttempt(tx: Tx, { id, fence, holder, leaseMs }: Placement): Promise<boolean> {
  const rows = await tx.db
    .updateTable("attempts")
    .set({ holder, lease_until: instantOf(msOf(tx.now) + leaseMs) })
    .where("id", "=", id)
    .where("fence", "=", fence)
    .where("state", "=", "queued")
    .returning("id")
    .execute();
  return rows.length === 1;
}
