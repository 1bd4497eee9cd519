import { msOf, instantOf } from "../../model/time.ts";
import type { Holder, IsDead } from "../../model/holder.ts";
import type { Tx } from "../store.ts";
import { leaseOf, type Lease } from "./lease.ts";

export interface LeaseWish {
  readonly name: string;
  readonly holder: Holder;
  readonly ttlMs: number;
  readonly address?: string;
  readonly isDead: IsDead;
}

/** Takes a lease that is free; `null` when another holds it. */
export async function takeLease(tx: Tx, wish: LeaseWish): Promise<Lease | null> {
  const before = await tx.db.selectFrom("leases").selectAll().where("name", "=", wish.name).executeTakeFirst();
  // The fence guards the takeover: on Postgres somebody else may see the same dead holder at the same time.
  const fenceOfDead = before !== undefined && wish.isDead(leaseOf(before).holder) ? before.fence : -1;
  const expires_at = instantOf(msOf(tx.now) + wish.ttlMs);
  const row = await tx.db
    .insertInto("leases")
    .values({ name: wish.name, holder: wish.holder, address: wish.address ?? null, fence: 1, expires_at })
    .onConflict((conflict) =>
      conflict
        .column("name")
        .doUpdateSet((eb) => ({
          holder: eb.ref("excluded.holder"),
          address: eb.ref("excluded.address"),
          fence: eb("leases.fence", "+", 1),
          expires_at: eb.ref("excluded.expires_at"),
        }))
        .where((eb) => eb.or([eb("leases.expires_at", "<", tx.now), eb("leases.fence", "=", fenceOfDead)])),
    )
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? null : leaseOf(row);
}
