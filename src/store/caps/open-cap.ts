import { sql } from "kysely";
import type { CapScope, CapUnit } from "../../model/cap.ts";
import type { Provenance } from "../../model/provenance.ts";
import type { Tx } from "../store.ts";

/** One counter and what the settings allow for it; `null`: no limit. */
export interface CapLimit {
  readonly scope: CapScope;
  readonly unit: CapUnit;
  readonly limit: number | null;
  /** Whoever pays there is played by a script: nothing of it is ever measured. False when left out. */
  readonly simulated?: boolean;
}

/**
 * Makes the row of a cap when it is first touched, and follows the settings afterwards: what people added stays added.
 * Its counters are never touched here.
 */
export async function openCap(tx: Tx, { scope, unit, limit, simulated = false }: CapLimit): Promise<void> {
  const provenance: Provenance = simulated ? "simulated" : "measured";
  const counters = { extended: 0, reserved: 0, spent: 0, unknown: 0, provenance };
  await tx.db
    .insertInto("caps")
    .values({ scope, unit, cap: limit, ...counters, updated_at: tx.now })
    .onConflict((conflict) =>
      conflict
        .columns(["scope", "unit"])
        .doUpdateSet({ cap: sql<number | null>`excluded.cap + caps.extended`, updated_at: tx.now })
        .where(sql<boolean>`caps.cap is distinct from excluded.cap + caps.extended`),
    )
    .execute();
}
