import { hashParts } from "../../kit/hash.ts";
import { idOf, type LedgerId } from "../../model/ids.ts";
import { NO_TOKENS, type TokenCounts } from "../../model/tokens.ts";
import type { Payer, Reservation } from "../../model/model-request.ts";
import type { PriceOf } from "../../policy/prices/price-of.ts";
import type { Tx } from "../store.ts";
import { BYTES_PER_TOKEN } from "./request-estimate.ts";
import { holdAccount } from "./attempt-account.ts";
import { reserveRequest } from "./reserve-request.ts";
import { settleRequest } from "./settle-request.ts";

export interface Charge {
  readonly payer: Payer;
  /** Charging again under the same key of an attempt charges nothing; `null`: it never comes again. */
  readonly key: string | null;
  readonly model: string | null;
  readonly input: number;
  readonly output: number;
  readonly priceOf: PriceOf;
}

/** Usage that an agent without a model says it had: reserved like a request's, under the same caps, and settled at once. */
export async function chargeUsage(tx: Tx, { payer, key, model, input, output, priceOf }: Charge): Promise<Reservation> {
  const responseId = key === null ? null : hashParts("usage", key);
  const before = responseId === null ? null : await chargedBefore(tx, payer, responseId);
  if (before !== null) return { kind: "reserved", id: before };
  const facts = { model, requestKind: "turn", threadId: null, bodyBytes: BYTES_PER_TOKEN * input, maxOutput: output };
  const reservation = await reserveRequest(tx, { payer, facts, priceOf, outputTokens: output });
  if (reservation.kind === "refused") return reservation;
  const usage: TokenCounts = { ...NO_TOKENS, input, output, total: input + output };
  const settlement = { responseId, usage, model, status: null, error: null };
  await settleRequest(tx, { id: reservation.id, settlement, priceOf });
  return reservation;
}

/** The account is held first: of two that come at once the second one sees what the first one wrote. */
async function chargedBefore(tx: Tx, { attemptId }: Payer, responseId: string): Promise<LedgerId | null> {
  await holdAccount(tx, attemptId);
  const row = await tx.db
    .selectFrom("ledger")
    .select("id")
    .where("attempt_id", "=", attemptId)
    .where("kind", "=", "request")
    .where("response_id", "=", responseId)
    .executeTakeFirst();
  return row === undefined ? null : idOf.ledger(row.id);
}
