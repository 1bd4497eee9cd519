import { sql, type RawBuilder } from "kysely";
import type { Cap, CapScope, CapUnit } from "../../model/cap.ts";
import type { Provenance } from "../../model/provenance.ts";
import type { Tx } from "../store.ts";
import { capOf } from "./cap-row.ts";

export interface CapSettlement {
  readonly scope: CapScope;
  readonly unit: CapUnit;
  /** How much of what was reserved is not reserved any more. */
  readonly free: number;
  /** Nothing when left out. */
  readonly spend?: number;
  /** Entries whose amount nobody knows; none when left out. */
  readonly unknown?: number;
  /** `measured` when left out. */
  readonly provenance?: Provenance;
}

/** Moves an amount from reserved to spent; spending may be more or less than was reserved. The cap afterwards. */
export async function settleAmount(tx: Tx, settled: CapSettlement): Promise<Cap | null> {
  const row = await tx.db
    .updateTable("caps")
    .set((eb) => ({
      reserved: eb("reserved", "-", settled.free),
      spent: eb("spent", "+", settled.spend ?? 0),
      unknown: eb("unknown", "+", settled.unknown ?? 0),
      provenance: weaker(settled.provenance ?? "measured"),
      updated_at: tx.now,
    }))
    .where("scope", "=", settled.scope)
    .where("unit", "=", settled.unit)
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? null : capOf(row);
}

/** `weakest` of the row's word and this one, in SQL. */
function weaker(provenance: Provenance): RawBuilder<string> {
  if (provenance === "measured") return sql<string>`provenance`;
  if (provenance === "simulated") return sql<string>`'simulated'`;
  return sql<string>`case when provenance = 'simulated' then provenance else 'estimated' end`;
}
