import type { Settings } from "../config/options.ts";
import type { Clock } from "../kit/clock.ts";
import { instantOf } from "../model/time.ts";
import { NO_TOKENS } from "../model/tokens.ts";
import type { PriceOf } from "../policy/prices/price-of.ts";
import type { Reservation } from "../model/model-request.ts";
import type { Meter } from "../ports/meter.ts";
import { noteForbidden, noteRefusal, tryReserveRequest, type RequestWish } from "../store/ledger/reserve-request.ts";
import { settleRequest, type RequestEnd } from "../store/ledger/settle-request.ts";
import type { Store, Tx } from "../store/store.ts";
import { refuseToken } from "../store/tokens/refuse-token.ts";
import { tokenPayer } from "../store/tokens/token-payer.ts";
import { grouped } from "./grouped.ts";
import { openPrices } from "./prices.ts";
import { usualOutputs } from "./usual-outputs.ts";

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
  const rates = { priceOf, outputTokens: settings["gateway.output_tokens"], usual: usualOutputs(clock) };
  // Nothing waits for the disk before a request is sent: what a power failure could take back is the reservation of
  // a request that ended with the machine. Whatever is settled or refused is on disk.
  const reserve = grouped<RequestWish, Reservation>((wishes) =>
    store.write(STAMP, (tx) => each(tx, wishes, tryReserveRequest), { durability: "rebuildable" }),
  );
  const settle = grouped<RequestEnd, boolean>((ends) => store.write(STAMP, (tx) => each(tx, ends, settleRequest)));
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
    isPriced: (model) => priceOf(model, NO_TOKENS, instantOf(clock.now())) !== null,
    forbid: (payer, facts, what) => store.write(STAMP, (tx) => noteForbidden(tx, { payer, facts, ...rates }, what)),
    reserve: async (payer, facts) => {
      const wish = { payer, facts, ...rates };
      const reservation = await reserve(wish);
      if (reservation.kind === "refused") await store.write(STAMP, (tx) => noteRefusal(tx, wish, reservation.unit));
      return reservation;
    },
    settle: async (id, settlement) => {
      await settle({ id, settlement, priceOf });
    },
  };
}

async function each<Item, Done>(
  tx: Tx,
  items: readonly Item[],
  act: (tx: Tx, item: Item) => Promise<Done>,
): Promise<readonly Done[]> {
  const done: Done[] = [];
  for (const item of items) done.push(await act(tx, item));
  return done;
}
