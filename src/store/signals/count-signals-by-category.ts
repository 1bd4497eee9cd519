import type { SignalCategory, SignalType } from "../../model/signal.ts";
import type { Reader } from "../store.ts";

export interface CategoryCount {
  readonly category: SignalCategory;
  readonly type: SignalType;
  readonly signals: number;
  /** Sessions that have at least one. */
  readonly sessions: number;
  /** Mean of the signals' severities, 0 to 1. */
  readonly severity: number;
}

/** How often each category was found, the most frequent first. */
export async function countSignalsByCategory(reader: Reader): Promise<readonly CategoryCount[]> {
  const rows = await reader.db
    .selectFrom("signals")
    .select((eb) => [
      "category",
      "type",
      eb.fn.countAll<number>().as("signals"),
      eb.fn.count<number>("session_id").distinct().as("sessions"),
      eb.fn.avg<number>("severity").as("severity"),
    ])
    .groupBy(["category", "type"])
    .orderBy("signals", "desc")
    .orderBy("category")
    .execute();
  // `signalRow` wrote both words.
  return rows.map((row) => ({ ...row, category: row.category as SignalCategory, type: row.type as SignalType }));
}
