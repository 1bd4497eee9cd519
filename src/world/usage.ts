import type { LoadedConfig } from "../config/load-config.ts";
import type { Recordings } from "../ports/recordings.ts";
import { openPrices } from "./prices.ts";
import { openRecordings } from "./recordings.ts";
import type { PriceOf } from "../policy/prices/price-of.ts";

/** What a token report needs: recordings and prices, no store. */
export interface UsageSurroundings {
  readonly recordings: Recordings;
  readonly paths: readonly string[];
  readonly priceOf: PriceOf;
}

export function usageWorld(config: LoadedConfig): UsageSurroundings {
  return { recordings: openRecordings(), paths: [config.settings.codex_home], priceOf: openPrices(config.settings) };
}
