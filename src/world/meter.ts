import type { Settings } from "../config/options.ts";
import type { Clock } from "../kit/clock.ts";
import { instantOf } from "../model/time.ts";
import type { PriceOf } from "../policy/prices/price-of.ts";
import type { Meter } from "../ports/meter.ts";
import { reserveRequest } from "../store/ledger/reserve-request.ts";
import { settleRequest } from "../store/ledger/settle-request.ts";
import type { Store } from "../store/store.ts";
import { refuseToken } from "../store/tokens/refuse-token.ts";
import { tokenPayer } from "../store/tokens/token-payer.ts";
import { openPrices } from "./prices.ts";

export interface MeterParts {
  readonly store: Store;
  readonly settings: Pick<Settings, "prices" | "gateway.output_tokens">;
  readonly clock: Clock;
}

const STAMP = { actor: "gateway" };
/** Whoever tries tokens by the thousand costs one row a second, not one each. */
const NOTED_EVERY_MS = 1000;

/** The ledger as the gateway sees it. */
export function openMeter({ store, settings, clock }: MeterParts): Meter {
  const priceOf: PriceOf = openPrices(settings);
  const rates = { priceOf, outputTokens: settings["gateway.output_tokens"] };
  let noted = -Infinity;
  return {
    payer: async (token) => {
      const shown = { token, use: "gateway", now: instantOf(clock.now()) } as const;
      const payer = await store.read((reader) => tokenPayer(reader, shown));
      if (payer === null && clock.elapsed() - noted >= NOTED_EVERY_MS) {
        noted = clock.elapsed();
        await store.write(STAMP, (tx) => refuseToken(tx, shown));
      }
      return payer;
    },
    reserve: (payer, facts) => store.write(STAMP, (tx) => reserveRequest(tx, { payer, facts, ...rates })),
    settle: async (id, settlement) => {
      await store.write(STAMP, (tx) => settleRequest(tx, { id, settlement, priceOf }));
    },
  };
}
