import type { Lease } from "../leases/lease.ts";
import type { Stamp, Store } from "../store.ts";
import { appendSeal } from "./append-seal.ts";
import { draftSeal } from "./draft-seal.ts";
import { SEALER } from "./seal.ts";

export const SEALER_STAMP: Stamp = { actor: SEALER };

/** How a round of sealing ended: `busy` when another process plays the sealer, or took the role over. */
export interface SealRound {
  readonly events: number;
  readonly busy: boolean;
}

/** Seals all that readers may see, under a lease the caller holds. */
export async function sealEvents(store: Store, lease: Lease): Promise<SealRound> {
  let events = 0;
  for (;;) {
    const draft = await store.read(draftSeal);
    if (draft === null) return { events, busy: false };
    const written = await store.write(SEALER_STAMP, (tx) => appendSeal(tx, lease, draft));
    if (!written) return { events, busy: true };
    events += draft.added;
  }
}
