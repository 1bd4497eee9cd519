/** A ledger that remembers what it was asked, for tests of the gateway alone. */
import { once, EventEmitter } from "node:events";
import { capScopeOf } from "../../src/model/cap.ts";
import { idOf, type LedgerId } from "../../src/model/ids.ts";
import type { Forbidden, RequestFacts, Settlement, TokenPayer } from "../../src/model/model-request.ts";
import type { Meter } from "../../src/ports/meter.ts";

export interface RecordedMeter extends Meter {
  /** `payer`, `reserve ID`, `settle ID`, in the order they came. */
  readonly log: readonly string[];
  readonly facts: readonly RequestFacts[];
  /** The settlement of the request of this number, from 1, as soon as it is there. */
  settlement(number: number): Promise<Settlement>;
  readonly forbidden: readonly Forbidden[];
  /** Models with a price; `null`: every one. */
  priced: readonly string[] | null;
  /** Whether a reservation fits; true until a test says otherwise. */
  fits: boolean;
  /** Thrown by whatever is asked next. */
  trouble: Error | null;
}

export const TOKEN = "clg_good";
/** The token of a second attempt. */
export const OTHER_TOKEN = "clg_other";
const PAYER: TokenPayer = { attemptId: idOf.attempt("attempt-1"), fence: 1, model: "priced" };

export function recordedMeter(): RecordedMeter {
  const log: string[] = [];
  const facts: RequestFacts[] = [];
  const forbidden: Forbidden[] = [];
  const settlements = new Map<LedgerId, Settlement>();
  const news = new EventEmitter();
  const meter: RecordedMeter = {
    log,
    facts,
    forbidden,
    priced: null,
    fits: true,
    trouble: null,
    payer: async (token) => {
      log.push("payer");
      if (token === OTHER_TOKEN) return { ...PAYER, attemptId: idOf.attempt("attempt-2") };
      return token === TOKEN ? PAYER : null;
    },
    isPriced: (model) => meter.priced?.includes(model) ?? true,
    forbid: async (_payer, _facts, what) => void forbidden.push(what),
    reserve: async (_payer, asked) => {
      if (meter.trouble !== null) throw meter.trouble;
      facts.push(asked);
      if (!meter.fits) return { kind: "refused", unit: "usd", scope: capScopeOf.attempt(PAYER.attemptId) };
      log.push(`reserve ${facts.length}`);
      return { kind: "reserved", id: idOf.ledger(String(facts.length)) };
    },
    settle: async (id, settlement) => {
      log.push(`settle ${id}`);
      if (!settlements.has(id)) settlements.set(id, settlement);
      news.emit("settled");
    },
    settlement: async (number) => {
      for (;;) {
        const found = settlements.get(idOf.ledger(String(number)));
        if (found !== undefined) return found;
        await once(news, "settled");
      }
    },
  };
  return meter;
}
