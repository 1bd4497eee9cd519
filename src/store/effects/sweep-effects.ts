import type { EffectId } from "../../model/ids.ts";
import { idOf } from "../../model/ids.ts";
import type { Instant } from "../../model/time.ts";
import { appendEvent } from "../events/append-event.ts";
import type { Tx } from "../store.ts";

/**
 * Finds effects wanted before `before` that nobody has looked at since: whoever should have reported has not. Each
 * becomes `unverifiable` with the alarm `effect.overdue`, so that silence is never taken for success.
 */
export async function sweepEffects(tx: Tx, before: Instant): Promise<readonly EffectId[]> {
  const rows = await tx.db
    .updateTable("effects")
    .set({ status: "unverifiable" })
    .where("status", "=", "wanted")
    .where("wanted_at", "<", before)
    .returning(["id", "kind", "actor"])
    .execute();
  const overdue = rows.toSorted((left, right) => (left.id < right.id ? -1 : 1));
  for (const { id, kind, actor } of overdue) {
    await appendEvent(tx, { type: "effect.overdue", key: id, payload: { kind, actor } });
  }
  return overdue.map((row) => idOf.effect(row.id));
}
