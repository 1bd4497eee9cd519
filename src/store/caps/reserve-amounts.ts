import type { CapScope, CapUnit } from "../../model/cap.ts";
import type { Tx } from "../store.ts";

export interface CapAmount {
  readonly scope: CapScope;
  readonly unit: CapUnit;
  readonly amount: number;
}

/**
 * Reserves all of the amounts or none of them; the first that does not fit comes back. Each is one guarded update, so
 * two transactions cannot both take the last of a cap: the second one waits for the first and sees what it took. Every
 * caller names scopes from the narrowest to the widest, so that no two wait for each other.
 */
export async function reserveAmounts(tx: Tx, amounts: readonly CapAmount[]): Promise<CapAmount | null> {
  const taken: CapAmount[] = [];
  for (const wanted of amounts) {
    if (!(await reserve(tx, wanted))) {
      for (const { scope, unit, amount } of taken) await giveBack(tx, { scope, unit, amount });
      return wanted;
    }
    taken.push(wanted);
  }
  return null;
}

async function reserve(tx: Tx, { scope, unit, amount }: CapAmount): Promise<boolean> {
  const rows = await tx.db
    .updateTable("caps")
    .set((eb) => ({ reserved: eb("reserved", "+", amount), updated_at: tx.now }))
    .where("scope", "=", scope)
    .where("unit", "=", unit)
    .where((eb) =>
      eb.or([eb("cap", "is", null), eb(eb("spent", "+", eb("reserved", "+", amount)), "<=", eb.ref("cap"))]),
    )
    .returning("scope")
    .execute();
  return rows.length === 1;
}

async function giveBack(tx: Tx, { scope, unit, amount }: CapAmount): Promise<void> {
  await tx.db
    .updateTable("caps")
    .set((eb) => ({ reserved: eb("reserved", "-", amount) }))
    .where("scope", "=", scope)
    .where("unit", "=", unit)
    .execute();
}
