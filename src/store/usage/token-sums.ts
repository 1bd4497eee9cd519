import { type AliasedExpression, type ExpressionBuilder, sql } from "kysely";
import type { Schema } from "../schema.ts";
import type { TokenTotal } from "../../model/tokens.ts";

/** Sums over rows of `token_usage`, as the store gives them. */
export interface TokenSums {
  readonly input: number;
  readonly cached_input: number;
  readonly cache_write_input: number;
  readonly output: number;
  readonly reasoning: number;
  readonly total: number;
  readonly responses: number;
  /** 0 measured, 1 estimated, 2 simulated: the worst of the rows. */
  readonly doubt: number;
}

const COUNTS = ["input", "cached_input", "cache_write_input", "output", "reasoning", "total"] as const;

/** The columns of `TokenSums`, for a query that groups. */
export function tokenSums(eb: ExpressionBuilder<Schema, "token_usage">): AliasedExpression<number, keyof TokenSums>[] {
  const doubt = sql<number>`max(case ${sql.ref("token_usage.provenance")} when 'measured' then 0 when 'estimated' then 1 else 2 end)`;
  return [
    ...COUNTS.map((count) => eb.fn.sum<number>(`token_usage.${count}`).as(count)),
    eb.fn.countAll<number>().as("responses"),
    doubt.as("doubt"),
  ];
}

export function totalOf(sums: TokenSums): TokenTotal {
  return {
    input: sums.input,
    cachedInput: sums.cached_input,
    cacheWriteInput: sums.cache_write_input,
    output: sums.output,
    reasoning: sums.reasoning,
    total: sums.total,
    provenance: sums.doubt === 0 ? "measured" : sums.doubt === 1 ? "estimated" : "simulated",
  };
}
