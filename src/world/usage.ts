import type { LoadedConfig } from "../config/load-config.ts";
import type { MicroDollars } from "../model/money.ts";
import type { Instant } from "../model/time.ts";
import type { TokenCounts } from "../model/tokens.ts";
import type { Recordings } from "../ports/recordings.ts";
import { openPrices } from "./prices.ts";
import { openRecordings } from "./recordings.ts";

/** What a token report needs: recordings and prices, no store. */
export interface UsageSurroundings {
  readonly recordings: Recordings;
  readonly paths: readonly string[];
  readonly priceOf: (model: string | null, counts: TokenCounts, at: Instant | null) => MicroDollars | null;
}

export function usageWorld(config: LoadedConfig): UsageSurroundings {
  return { recordings: openRecordings(), paths: [config.settings.codex_home], priceOf: openPrices(config.settings) };
}
