import type { Settings } from "../../config/options.ts";
import type { Attempt } from "../../model/attempt.ts";
import { sumAttemptSpending } from "../../store/ledger/sum-attempt-spending.ts";
import type { Reader } from "../../store/store.ts";

/**
 * What an attempt has cost, from the ledger; the first four names are the predecessor's. Unknown is `null`: where a price
 * or a count is missing, `usd_at_least` says what is known.
 */
export async function costOf(
  reader: Reader,
  { id, simulated }: Pick<Attempt, "id" | "simulated">,
  settings: Settings,
): Promise<object> {
  const spent = (await sumAttemptSpending(reader, [id])).get(id);
  const usd = spent === undefined ? 0 : spent.usd / 1_000_000;
  const isWhole = (spent?.unpriced ?? 0) === 0;
  return {
    job_id: id,
    daily_cap: settings["caps.day.usd"] / 1_000_000,
    monthly_cap: settings["caps.month.usd"] / 1_000_000,
    job_cost_usd: isWhole ? usd : null,
    usd_at_least: usd,
    tokens: (spent?.uncounted ?? 0) === 0 ? (spent?.tokens ?? 0) : null,
    tokens_at_least: spent?.tokens ?? 0,
    responses: spent?.responses ?? 0,
    provenance: simulated ? "simulated" : (spent?.provenance ?? "measured"),
  };
}
