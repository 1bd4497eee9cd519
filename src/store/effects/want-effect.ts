import { canonicalJson } from "../../kit/json.ts";
import type { Want } from "../../model/effect.ts";
import { newId, type EffectId } from "../../model/ids.ts";
import { msOf } from "../../model/time.ts";
import { appendEvent } from "../events/append-event.ts";
import type { Tx } from "../store.ts";

/** Writes down what shall become true outside, before anybody tries to make it so. */
export async function wantEffect(tx: Tx, want: Want): Promise<EffectId> {
  const id = newId.effect(msOf(tx.now));
  await tx.db
    .insertInto("effects")
    .values({
      id,
      kind: want.kind,
      want: canonicalJson(want),
      status: "wanted",
      actor: tx.stamp.actor,
      wanted_at: tx.now,
      observed_at: null,
      simulated: tx.stamp.simulated ? 1 : 0,
    })
    .execute();
  await appendEvent(tx, { type: "effect.wanted", key: id, payload: { kind: want.kind } });
  return id;
}
