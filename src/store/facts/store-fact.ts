import type { Reader } from "../store.ts";

/** The small facts a store keeps about itself. */
export type FactName =
  | "created_at"
  | "sample"
  | "last_daily_at"
  | "claimed_at"
  | "signal_rules"
  | "signals_computed_at"
  | "redaction_salt";

/** One fact about the store; `null` when nobody has put it there. */
export async function storeFact(reader: Reader, name: FactName): Promise<string | null> {
  const row = await reader.db.selectFrom("store_facts").select("value").where("name", "=", name).executeTakeFirst();
  return row?.value ?? null;
}
