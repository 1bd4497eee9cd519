import { sha256 } from "../../kit/hash.ts";
import { canonicalJson } from "../../kit/json.ts";
import { microDollarsOf, type MicroDollars } from "../../model/money.ts";
import type { PriceRow } from "../../model/price.ts";
import { dayOf, type Instant } from "../../model/time.ts";
import type { TokenCounts } from "../../model/tokens.ts";
import { PRICE_ROWS } from "./price-rows.ts";

const MILLION = 1_000_000;

/** What so many tokens of a model cost at a time; `null` when no row prices it: unknown is not zero. */
export type PriceOf = (model: string | null, counts: TokenCounts, at: Instant | null) => MicroDollars | null;

/** Prices by the newest row that is not in the future of the response; a person's own rows stand before the built-in ones. */
export function priceOfRows(own: readonly PriceRow[] = [], builtIn: readonly PriceRow[] = PRICE_ROWS): PriceOf {
  const rows = new Map<string, readonly PriceRow[]>();
  for (const [model, found] of Map.groupBy(builtIn, (row) => row.model)) rows.set(model, newestFirst(found));
  for (const [model, found] of Map.groupBy(own, (row) => row.model)) rows.set(model, newestFirst(found));
  return (model, counts, at) => {
    const day = at === null ? null : dayOf(at);
    const row = (rows.get(model ?? "") ?? []).find((candidate) => day === null || candidate.from <= day);
    return row === undefined ? null : costOf(row, counts);
  };
}

/** One word for the prices in force: it changes whenever one of them does. */
export function priceVersion(own: readonly PriceRow[] = [], builtIn: readonly PriceRow[] = PRICE_ROWS): string {
  return sha256(canonicalJson([own, builtIn])).slice(0, 16);
}

function newestFirst(rows: readonly PriceRow[]): readonly PriceRow[] {
  return rows.toSorted((left, right) => (left.from < right.from ? 1 : -1));
}

/** Input counts include cached ones; output counts include reasoning. */
function costOf(row: PriceRow, counts: TokenCounts): MicroDollars {
  const fresh = Math.max(0, counts.input - counts.cachedInput);
  return microDollarsOf(
    (fresh * row.input + counts.cachedInput * row.cached_input + counts.output * row.output) / MILLION,
  );
}
