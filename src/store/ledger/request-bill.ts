import type { Selectable } from "kysely";
import { mayBeBilled, type Settlement } from "../../model/model-request.ts";
import type { Provenance } from "../../model/provenance.ts";
import type { Instant } from "../../model/time.ts";
import type { PriceOf } from "../../policy/prices/price-of.ts";
import type { LedgerTable } from "../control-tables.ts";

export type RequestRow = Selectable<LedgerTable>;

/** What a request came to. */
export interface Bill {
  /** Whether the provider answered, or may have. */
  readonly answered: boolean;
  readonly tokens: number;
  /** `null`: no price is known. */
  readonly usd: number | null;
  readonly provenance: Provenance;
}

export interface Billing {
  readonly settlement: Settlement;
  readonly priceOf: PriceOf;
  readonly now: Instant;
}

/** Tokens that may have been billed count as the reservation says; what was certainly not billed is nothing. */
export function billOf(row: RequestRow, { settlement, priceOf, now }: Billing): Bill {
  const { usage } = settlement;
  const simulated = row.provenance === "simulated";
  if (usage !== null) {
    const usd = priceOf(billedModel(row, settlement), usage, now);
    return { answered: true, tokens: usage.total, usd, provenance: simulated ? "simulated" : "measured" };
  }
  if (!mayBeBilled(settlement))
    return { answered: false, tokens: 0, usd: 0, provenance: simulated ? "simulated" : "measured" };
  return {
    answered: true,
    tokens: row.reserved_tokens,
    usd: row.reserved_usd,
    provenance: simulated ? "simulated" : "estimated",
  };
}

/** What the answer says of its model, but for a tier that was asked for and that the answer is silent about. */
export function billedModel({ model }: RequestRow, settlement: Pick<Settlement, "model">): string | null {
  const answered = settlement.model ?? model;
  return model?.includes("@") === true && answered?.includes("@") !== true ? model : answered;
}
