import type { MicroDollars } from "../../model/money.ts";
import type { RequestFacts } from "../../model/model-request.ts";
import type { PriceOf } from "../../policy/prices/price-of.ts";
import { NO_TOKENS, type TokenCounts } from "../../model/tokens.ts";
import type { Reader } from "../store.ts";

/**
 * How much text a token is, at the least: code and prose are 3.5 to 4.6 bytes, listings and lock files 2.3 to 2.8. Only
 * text that is all numbers, ids or base64 is denser, 1.4 to 1.8; its reservation is short by half at worst.
 */
export const BYTES_PER_TOKEN = 3;
/** How far back a role's answers are looked at, and how many make a history. */
const ANSWERS = 200;
const ENOUGH = 20;

export interface Estimate {
  readonly tokens: number;
  /** `null`: no price is known. */
  readonly usd: MicroDollars | null;
}

export interface Rates {
  readonly priceOf: PriceOf;
  /** What a request reserves for its answer while its role has no history. */
  readonly outputTokens: number;
  /** Who knows how long the answers of a role are; without one the ledger is asked each time. */
  readonly usual?: UsualOutput;
}

/** What 95 of 100 of a role's answers stay within; `null` while there are too few. */
export type UsualOutput = (reader: Reader, role: string) => Promise<number | null>;

export interface EstimateWish extends Rates {
  readonly facts: RequestFacts;
  readonly role: string;
}

/**
 * What one request may use: its body at three bytes a token, none of it cached, and an answer as long as 95 of 100 of the
 * role's latest answers, never longer than the request itself allows.
 */
export async function estimateRequest(reader: Reader, wish: EstimateWish): Promise<Estimate> {
  const { facts, priceOf, outputTokens, role, usual: ask = usualOutput } = wish;
  const usual = (await ask(reader, role)) ?? outputTokens;
  const input = Math.ceil(facts.bodyBytes / BYTES_PER_TOKEN);
  const output = Math.min(usual, facts.maxOutput ?? usual);
  const counts: TokenCounts = { ...NO_TOKENS, input, output, total: input + output };
  return { tokens: counts.total, usd: priceOf(facts.model, counts, null) };
}

/** The 95th of 100 of a role's latest measured answers by nearest rank; `null` while there are too few. */
export async function usualOutput(reader: Reader, role: string): Promise<number | null> {
  const rows = await reader.db
    .selectFrom("ledger")
    .select("output")
    .where("role", "=", role)
    .where("settled_at", "is not", null)
    .where("kind", "=", "request")
    .where("state", "=", "settled")
    .where("provenance", "=", "measured")
    .orderBy("settled_at", "desc")
    .limit(ANSWERS)
    .execute();
  const outputs = rows.map(({ output }) => output ?? 0).toSorted((left, right) => left - right);
  if (outputs.length < ENOUGH) return null;
  return outputs[Math.ceil(outputs.length * 0.95) - 1] ?? null;
}
