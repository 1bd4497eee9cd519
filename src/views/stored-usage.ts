import { dollarsOf, microDollarsOf, type MicroDollars } from "../model/money.ts";
import { weakest, type Provenance } from "../model/provenance.ts";
import { instantOf, type Instant } from "../model/time.ts";
import { addTokens, NO_TOKENS, type TokenCounts } from "../model/tokens.ts";
import { countSilentSessions } from "../store/usage/count-silent-sessions.ts";
import type { Reader } from "../store/store.ts";
import { usageBy, type UsageSlice } from "../store/usage/usage-by.ts";
import type { UsageKey, UsageReport, UsageRow } from "./shapes/usage.ts";
import { usageTotals } from "./usage-totals.ts";
import type { PriceOf } from "../policy/prices/price-of.ts";

export interface StoredUsageQuery {
  readonly by: UsageKey;
  readonly priceOf: PriceOf;
}

/** Tokens and money of what was read into the store: the same report as from the recordings themselves. */
export async function storedUsage(reader: Reader, { by, priceOf }: StoredUsageQuery): Promise<UsageReport> {
  const slices = (await usageBy(reader, { by })).map((slice) => ({
    slice,
    cost: priceOf(slice.model, slice.tokens, dayStart(slice.day)),
  }));
  const silent = await countSilentSessions(reader);
  const groups = Map.groupBy(slices, ({ slice }) => slice.key ?? "unknown");
  return {
    by,
    rows: [...groups].map(([key, priced]) => ({ key, ...sumOf(priced) })),
    totals: usageTotals(sumOf(slices), silent),
    unpriced_models: [
      ...new Set(slices.filter(({ cost }) => cost === null).flatMap(({ slice }) => slice.model ?? [])),
    ].toSorted(),
    sessions_without_tokens: silent,
    unreadable: 0,
  };
}

interface Priced {
  readonly slice: UsageSlice;
  readonly cost: MicroDollars | null;
}

function sumOf(priced: readonly Priced[]): Omit<UsageRow, "key"> {
  const tokens = priced.reduce<TokenCounts>((sum, { slice }) => addTokens(sum, slice.tokens), NO_TOKENS);
  const cost = priced.some((part) => part.cost === null)
    ? null
    : microDollarsOf(priced.reduce((sum, part) => sum + (part.cost ?? 0), 0));
  const provenance: Provenance = weakest(priced.map(({ slice }) => slice.tokens.provenance));
  const { total, input, cachedInput: cached_input, output, reasoning } = tokens;
  const responses = priced.reduce((sum, { slice }) => sum + slice.responses, 0);
  return { total, input, cached_input, output, reasoning, usd: dollarsOf(cost), provenance, responses };
}

/** Prices change from one UTC day to the next, so any moment of the day prices it. */
function dayStart(day: string | null): Instant | null {
  return day === null ? null : instantOf(Date.parse(`${day}T00:00:00Z`));
}
