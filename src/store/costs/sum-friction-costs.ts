import { sql } from "kysely";
import { type MicroDollars, microDollarsOf } from "../../model/money.ts";
import type { Signal, SignalCategory } from "../../model/signal.ts";
import type { Reader } from "../store.ts";
import { signalOf } from "../signals/signal-row.ts";

/** What one category cost in one command family, over all sessions. */
export interface FrictionCostSum {
  readonly category: SignalCategory;
  readonly family: string;
  readonly tokens: number;
  readonly durationMs: number;
  /** `null` when any part has no known price. */
  readonly microDollars: MicroDollars | null;
  readonly times: number;
  readonly sessions: number;
  /** How many of `times` the family recovered from. */
  readonly recovered: number;
  /** The three costliest signals, the costliest first. */
  readonly evidence: readonly Signal[];
}

const POINTERS = 3;

/** Costs by category and command family, the costliest first. */
export async function sumFrictionCosts(
  reader: Reader,
  options: { readonly limit?: number } = {},
): Promise<readonly FrictionCostSum[]> {
  let query = reader.db
    .selectFrom("friction_costs")
    .select((eb) => [
      "category",
      "family",
      eb.fn.sum<number>("tokens").as("tokens"),
      eb.fn.sum<number>("duration_ms").as("duration_ms"),
      eb.fn.sum<number | null>("micro_dollars").as("micro_dollars"),
      eb.fn.count<number>("micro_dollars").as("priced"),
      eb.fn.countAll<number>().as("times"),
      eb.fn.count<number>("session_id").distinct().as("sessions"),
      eb.fn.countAll<number>().filterWhere("ended_by", "=", "recovered").as("recovered"),
    ])
    .groupBy(["category", "family"])
    .orderBy("tokens", "desc")
    .orderBy("duration_ms", "desc")
    .orderBy("category")
    .orderBy("family");
  if (options.limit !== undefined) query = query.limit(options.limit);
  const sums = await query.execute();
  const evidence = await costliest(reader);
  return sums.map((row) => ({
    category: row.category as SignalCategory, // a signal's category, written by `putFrictionCosts`
    family: row.family,
    tokens: row.tokens,
    durationMs: row.duration_ms,
    microDollars: row.priced === row.times && row.micro_dollars !== null ? microDollarsOf(row.micro_dollars) : null,
    times: row.times,
    sessions: row.sessions,
    recovered: row.recovered,
    evidence: (evidence.get(keyOf(row)) ?? []).map(signalOf),
  }));
}

function keyOf(row: { readonly category: string; readonly family: string }): string {
  return JSON.stringify([row.category, row.family]);
}

type SignalRow = Parameters<typeof signalOf>[0];

/** The costliest signals of every (category, family), in one query. */
async function costliest(reader: Reader): Promise<ReadonlyMap<string, readonly SignalRow[]>> {
  const ranked = reader.db.selectFrom("friction_costs").select((eb) => [
    "signal_id",
    "family",
    eb.fn
      .agg<number>("row_number")
      .over((over) =>
        over
          .partitionBy(["category", "family"])
          .orderBy("tokens", "desc")
          .orderBy("duration_ms", "desc")
          .orderBy("signal_id"),
      )
      .as("place"),
  ]);
  const rows = await reader.db
    .selectFrom(ranked.as("ranked"))
    .innerJoin("signals", "signals.id", "ranked.signal_id")
    .selectAll("signals")
    .select("ranked.family")
    .where("ranked.place", "<=", POINTERS)
    .orderBy(sql.ref("ranked.place"))
    .execute();
  return Map.groupBy(rows, keyOf);
}
