import type { Control } from "../../model/control.ts";
import type { Tx } from "../store.ts";
import { controlOf } from "./control-row.ts";
import { tellControl } from "./tell-control.ts";

export type ControlWish = Pick<Control, "scope" | "word" | "reason">;

/**
 * Holds work back until somebody lifts it. A pause never weakens a stop that is in force; saying the same again keeps the
 * time of the first. Returns what is in force now. Running attempts are told by whoever calls this.
 */
export async function setControl(tx: Tx, wish: ControlWish): Promise<Control> {
  const row = await tx.db
    .insertInto("controls")
    .values({ ...wish, actor: tx.stamp.actor, at: tx.now })
    .onConflict((conflict) =>
      conflict
        .column("scope")
        .doUpdateSet({ word: wish.word, reason: wish.reason, actor: tx.stamp.actor, at: tx.now })
        .where((eb) => eb.and([eb("controls.word", "<>", wish.word), eb("controls.word", "<>", "stopped")])),
    )
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) return await inForce(tx, wish);
  await tellControl(tx, wish.scope, wish.word);
  return controlOf(row);
}

async function inForce(tx: Tx, { scope }: ControlWish): Promise<Control> {
  const row = await tx.db.selectFrom("controls").selectAll().where("scope", "=", scope).executeTakeFirstOrThrow();
  return controlOf(row);
}
