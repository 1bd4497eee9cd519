import type { Provenance } from "../../model/provenance.ts";
import type { Reader } from "../store.ts";
import { capOf } from "../caps/cap-row.ts";

/** What the most expensive day or month cost, as far as it is known. */
export interface Spending {
  readonly scope: string;
  readonly microDollars: number;
  /** Entries whose price nobody knows: the money is then the least it can be. */
  readonly unknown: number;
  readonly provenance: Provenance;
}

export interface WorstSpending {
  /** `null`: nothing was ever spent. */
  readonly worst: Spending | null;
  /** Entries without a price, over all scopes looked at. */
  readonly unknown: number;
  /** Scopes looked at. */
  readonly n: number;
  readonly simulated: number;
}

/** The dearest of the days (`2026-11-20`) or months (`2026-11`) from `first` on; simulated ones are only counted. */
export async function worstSpending(
  reader: Reader,
  { kind, first }: { readonly kind: "day" | "month"; readonly first: string },
): Promise<WorstSpending> {
  const rows = await reader.db
    .selectFrom("caps")
    .selectAll()
    .where("scope", ">=", `${kind}/${first}`)
    .where("scope", "<", `${kind}0`)
    .where("unit", "=", "usd")
    .execute();
  const all = rows.map(capOf).filter(({ spent, unknown }) => spent > 0 || unknown > 0);
  const real = all.filter(({ scope }) => !scope.endsWith("/simulated"));
  const [worst] = real.toSorted((left, right) => right.spent - left.spent);
  return {
    worst:
      worst === undefined
        ? null
        : { scope: worst.scope, microDollars: worst.spent, unknown: worst.unknown, provenance: worst.provenance },
    unknown: real.reduce((sum, { unknown }) => sum + unknown, 0),
    n: real.length,
    simulated: all.length - real.length,
  };
}
