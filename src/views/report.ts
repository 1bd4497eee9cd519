import { MINIMUM_N, rateOf } from "../math/rate.ts";
import { signalType } from "../model/signal.ts";
import { instantOf } from "../model/time.ts";
import { countCalls } from "../store/calls/count-calls.ts";
import { countRows } from "../store/facts/count-rows.ts";
import { storeSpan } from "../store/sessions/store-span.ts";
import { countSignalsByCategory, type CategoryCount } from "../store/signals/count-signals-by-category.ts";
import type { Reader } from "../store/store.ts";
import { sumTokenUsage } from "../store/usage/sum-token-usage.ts";
import { frictionCosts } from "./friction-costs.ts";
import { holdsSamples } from "./sample.ts";
import { tokensOf } from "./sessions.ts";
import type { CategoryRow, FrictionCostRow, Report } from "./shapes/report.ts";

export interface ReportQuery {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** Observations a rate needs before it is shown. */
  readonly minimumN?: number;
}

/** What was learned: the price of friction first, then how often what was found. One moment, whole store. */
export async function learnedReport(reader: Reader, { now, minimumN = MINIMUM_N.rate }: ReportQuery): Promise<Report> {
  const span = await storeSpan(reader);
  const calls = await countCalls(reader);
  const costs = await frictionCosts(reader);
  const categories = (await countSignalsByCategory(reader)).map(categoryRow);
  const tokens = tokensOf(await sumTokenUsage(reader));
  return {
    generated_at: instantOf(now),
    sample_data: await holdsSamples(reader),
    sessions: span.sessions,
    sessions_with_friction: rateOf(span.sessionsWithFriction, span.sessions, minimumN),
    call_failure_rate: rateOf(calls.failed, calls.ended, minimumN),
    period: { from: span.from, to: span.to },
    tokens,
    signals: { ...countByType(categories), by_category: byCategory(categories), categories },
    friction_cost: costs,
    friction_cost_total: totalOf(costs, tokens.total),
    clusters: [],
    embedder: null,
    unreadable: await countRows(reader, "unreadable_lines"),
  };
}

function categoryRow(row: CategoryCount): CategoryRow {
  return {
    category: row.category,
    type: signalType(row.category),
    count: row.signals,
    sessions: row.sessions,
    severity: row.severity,
  };
}

function countByType(rows: readonly CategoryRow[]): { readonly friction: number; readonly delight: number } {
  const countOf = (type: CategoryRow["type"]): number =>
    rows.filter((row) => row.type === type).reduce((sum, row) => sum + row.count, 0);
  return { friction: countOf("friction"), delight: countOf("delight") };
}

function byCategory(rows: readonly CategoryRow[]): { readonly [category: string]: number } {
  return Object.fromEntries(rows.map((row) => [row.category, row.count]));
}

/** Every response was charged to one stretch, so the rows add up to what was spent. One unknown price makes the sum unknown. */
function totalOf(rows: readonly FrictionCostRow[], allTokens: number | null): Report["friction_cost_total"] {
  const tokens = rows.reduce((sum, row) => sum + row.tokens, 0);
  const minutes = Math.round(100 * rows.reduce((sum, row) => sum + row.minutes, 0)) / 100;
  const usd = rows.some((row) => row.usd === null) ? null : rows.reduce((sum, row) => sum + (row.usd ?? 0), 0);
  return { tokens, minutes, usd, share_of_tokens: allTokens === null || allTokens === 0 ? null : tokens / allTokens };
}
