import type { Holder, IsDead } from "../../model/holder.ts";
import { releaseLease } from "../leases/release-lease.ts";
import { takeLease } from "../leases/take-lease.ts";
import type { Store } from "../store.ts";
import { SEALER_TTL_MS } from "./append-seal.ts";
import { SEALER } from "./seal.ts";
import { sealEvents, SEALER_STAMP, type SealRound } from "./seal-events.ts";

/** What a command does before it ends: plays the sealer for a moment when the role is free, else leaves the work to its holder. */
export async function sealAtEnd(
  store: Store,
  who: { readonly holder: Holder; readonly isDead: IsDead },
): Promise<SealRound> {
  const wish = { name: SEALER, ttlMs: SEALER_TTL_MS, ...who };
  const lease = await store.write(SEALER_STAMP, (tx) => takeLease(tx, wish));
  if (lease === null) return { events: 0, busy: true };
  try {
    return await sealEvents(store, lease);
  } finally {
    await store.write(SEALER_STAMP, (tx) => releaseLease(tx, lease));
  }
}
