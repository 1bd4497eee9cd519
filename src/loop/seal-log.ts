import type { Holder, IsDead } from "../model/holder.ts";
import { appendSeal, SEALER_TTL_MS } from "../store/events/append-seal.ts";
import { draftSeal, type SealDraft } from "../store/events/draft-seal.ts";
import { SEALER } from "../store/events/seal.ts";
import type { Lease } from "../store/leases/lease.ts";
import { releaseLease } from "../store/leases/release-lease.ts";
import { takeLease } from "../store/leases/take-lease.ts";
import type { Stamp, Store } from "../store/store.ts";

const STAMP: Stamp = { actor: SEALER };

/** How a round of sealing ended: `busy` when another process plays the sealer, or took the role over. */
export interface SealRound {
  readonly events: number;
  readonly busy: boolean;
}

/**
 * Seals what was appended, for a server in its rounds and a command at its end: plays the sealer for a moment when the role
 * is free, else leaves the work to its holder. Looks before it takes the role, so a log without news costs no write.
 */
export async function sealLog(
  store: Store,
  who: { readonly holder: Holder; readonly isDead: IsDead },
): Promise<SealRound> {
  const draft = await store.read(draftSeal);
  if (draft === null) return { events: 0, busy: false };
  const wish = { name: SEALER, ttlMs: SEALER_TTL_MS, ...who };
  const lease = await store.write(STAMP, (tx) => takeLease(tx, wish));
  if (lease === null) return { events: 0, busy: true };
  try {
    return await sealEvents(store, lease, draft);
  } finally {
    await store.write(STAMP, (tx) => releaseLease(tx, lease));
  }
}

/** Seals the draft and all behind it that readers may see, under a lease the caller holds. */
export async function sealEvents(store: Store, lease: Lease, first: SealDraft): Promise<SealRound> {
  let events = 0;
  for (let draft: SealDraft | null = first; draft !== null; draft = await store.read(draftSeal)) {
    const next = draft;
    const outcome = await store.write(STAMP, (tx) => appendSeal(tx, lease, next));
    if (outcome === "deposed") return { events, busy: true };
    // Only the first draft can be overtaken: it was made before the role was taken.
    if (outcome === "sealed") events += next.added;
  }
  return { events, busy: false };
}
