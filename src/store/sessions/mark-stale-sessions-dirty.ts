import { instantOf, msOf, type Instant } from "../../model/time.ts";
import { putStoreFact } from "../facts/put-store-fact.ts";
import { storeFact } from "../facts/store-fact.ts";
import type { Tx } from "../store.ts";
import { markSessionsDirty } from "./mark-sessions-dirty.ts";
import { QUIET_AFTER_MS } from "./session-outcome.ts";
import { idOf } from "../../model/ids.ts";

const RULES_FACT = "signal_rules";
const JUDGED_FACT = "signals_computed_at";

/**
 * Marks sessions whose rows did not change but whose signals may: all of them when the rules did, and those that have
 * fallen silent since the last time, because a silent session without an end is a crashed one.
 */
export async function markStaleSessionsDirty(
  tx: Tx,
  { rules, now }: { readonly rules: string; readonly now: Instant },
): Promise<void> {
  const before = await storeFact(tx, RULES_FACT);
  const judgedAt = await storeFact(tx, JUDGED_FACT);
  const rulesChanged = before !== null && before !== rules;
  let query = tx.db.selectFrom("sessions").select("id");
  if (!rulesChanged) {
    const from = judgedAt === null ? now : instantOf(Date.parse(judgedAt) - QUIET_AFTER_MS);
    query = query.where("last_at", ">=", from).where("last_at", "<", instantOf(msOf(now) - QUIET_AFTER_MS));
  }
  const rows = await query.execute();
  await markSessionsDirty(
    tx,
    rows.map((row) => idOf.session(row.id)),
  );
  await putStoreFact(tx, RULES_FACT, rules);
  await putStoreFact(tx, JUDGED_FACT, now);
}
