import { NO_TOKENS, type TokenCounts } from "../../model/tokens.ts";
import type { Payer, Reservation } from "../../model/model-request.ts";
import type { PriceOf } from "../../policy/prices/price-of.ts";
import type { Tx } from "../store.ts";
import { BYTES_PER_TOKEN } from "./request-estimate.ts";
import { reserveRequest } from "./reserve-request.ts";
import { settleRequest } from "./settle-request.ts";

export interface Charge {
  readonly payer: Payer;
  readonly model: string | null;
  readonly input: number;
  readonly output: number;
  readonly priceOf: PriceOf;
}

/** Usage that an agent without a model says it had: reserved like a request's, under the same caps, and settled at once. */
export async function chargeUsage(tx: Tx, { payer, model, input, output, priceOf }: Charge): Promise<Reservation> {
  const facts = { model, requestKind: "turn", threadId: null, bodyBytes: BYTES_PER_TOKEN * input, maxOutput: output };
  const reservation = await reserveRequest(tx, { payer, facts, priceOf, outputTokens: output });
  if (reservation.kind === "refused") return reservation;
  const usage: TokenCounts = { ...NO_TOKENS, input, output, total: input + output };
  const settlement = { responseId: null, usage, model, status: null, error: null };
  await settleRequest(tx, { id: reservation.id, settlement, priceOf });
  return reservation;
}
