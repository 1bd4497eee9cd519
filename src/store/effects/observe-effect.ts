import type { Effect, EffectStatus } from "../../model/effect.ts";
import type { EffectId } from "../../model/ids.ts";
import { appendEvent } from "../events/append-event.ts";
import type { Tx } from "../store.ts";
import { effectOf } from "./effect-row.ts";

export type Observed = Exclude<EffectStatus, "wanted">;

/**
 * Writes down what a look at the outside showed. A status that changed is an event; `effect.missing` among them is an
 * alarm. Looking again may change it: what was missing can turn up, and what was there can go.
 */
export async function observeEffect(tx: Tx, id: EffectId, status: Observed): Promise<Effect> {
  const before = await tx.db.selectFrom("effects").select("status").where("id", "=", id).executeTakeFirst();
  if (before === undefined) throw new Error(`Effect ${id} was observed but never wanted.`);
  const row = await tx.db
    .updateTable("effects")
    .set({ status, observed_at: tx.now })
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirstOrThrow();
  if (before.status !== status) {
    await appendEvent(tx, { type: `effect.${status}`, key: id, payload: { kind: row.kind, before: before.status } });
  }
  return effectOf(row);
}
