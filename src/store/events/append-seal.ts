import type { Lease } from "../leases/lease.ts";
import { renewLease } from "../leases/renew-lease.ts";
import type { Tx } from "../store.ts";
import type { SealDraft } from "./draft-seal.ts";
import { moveCursor } from "./move-cursor.ts";

/** Long enough for the next batch, short enough that a lost sealer is soon replaced. */
export const SEALER_TTL_MS = 60_000;

/**
 * Writes a drafted seal. Nothing is written when the caller no longer holds the sealer's lease (`deposed`), or when the log
 * was sealed further since the draft was made (`overtaken`).
 */
export async function appendSeal(tx: Tx, lease: Lease, draft: SealDraft): Promise<"sealed" | "deposed" | "overtaken"> {
  // The renewal locks the lease's row until the commit, so nobody takes the role over in between.
  if (!(await renewLease(tx, lease, SEALER_TTL_MS))) return "deposed";
  if (!(await moveCursor(tx, draft.move))) return "overtaken";
  await tx.db
    .insertInto("event_seals")
    .values({ ...draft.seal, sealed_at: tx.now })
    .execute();
  return "sealed";
}
