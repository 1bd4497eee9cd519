import type { LoadedConfig } from "../config/load-config.ts";
import type { Clock } from "../kit/clock.ts";
import type { Redacted } from "../model/redacted.ts";
import type { Recordings } from "../ports/recordings.ts";
import type { Store } from "../store/store.ts";
import { openPrices } from "./prices.ts";
import { openRecordings } from "./recordings.ts";
import { openRedaction } from "./redaction.ts";
import { priceVersion, type PriceOf } from "../policy/prices/price-of.ts";

/** All that reading, judging and pricing need. */
export interface LearnSurroundings {
  readonly clock: Clock;
  readonly store: Store;
  readonly recordings: Recordings;
  readonly redact: (text: string) => Redacted;
  readonly priceOf: PriceOf;
  readonly priceVersion: string;
}

export async function learnWorld(parts: {
  readonly config: LoadedConfig;
  readonly store: Store;
  readonly clock: Clock;
}): Promise<LearnSurroundings> {
  const { config, store, clock } = parts;
  return {
    clock,
    store,
    recordings: openRecordings(),
    redact: await openRedaction(store, { secrets: config.secrets, home: config.settings.home }),
    priceOf: openPrices(config.settings),
    priceVersion: priceVersion(config.settings.prices),
  };
}
