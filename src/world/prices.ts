import type { Settings } from "../config/options.ts";
import { priceOfRows, type PriceOf } from "../policy/prices/price-of.ts";

/** The built-in price rows, with those of the person's configuration before them. */
export function openPrices(settings: Pick<Settings, "prices">): PriceOf {
  return priceOfRows(settings.prices);
}
