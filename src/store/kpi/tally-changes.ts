import type { Instant } from "../../model/time.ts";
import type { Reader } from "../store.ts";
import { tallyOf, type Tally } from "./tally.ts";

/**
 * Changes that people decided about since then: a hit is one that they granted or merged, a miss one that they denied or
 * reverted. One decision a change: what became of it outside counts before what was said here.
 */
export async function tallyAcceptance(reader: Reader, since: Instant): Promise<Tally> {
  const decided = new Map<string, { readonly hit: boolean; readonly simulated: boolean }>();
  for (const row of await decisionsSince(reader, since))
    decided.set(row.attempt_id, { hit: row.state === "granted", simulated: row.simulated === 1 });
  for (const row of await fatesSince(reader, since))
    decided.set(row.attempt_id, { hit: row.state !== "reverted", simulated: row.simulated === 1 });
  return tallyOf([...decided.values()]);
}

/** Changes that were merged or landed since then; a hit is one that had to be reverted. */
export async function tallyReverts(reader: Reader, since: Instant): Promise<Tally> {
  const fates = await fatesSince(reader, since);
  return tallyOf(fates.map((row) => ({ hit: row.state === "reverted", simulated: row.simulated === 1 })));
}

/** Whether any change ever left this machine: until then what becomes of changes elsewhere cannot be known. */
export async function hasProposed(reader: Reader): Promise<boolean> {
  const row = await reader.db
    .selectFrom("changes")
    .select("id")
    .where("state", "<>", "local")
    .where("simulated", "=", 0)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

async function decisionsSince(reader: Reader, since: Instant) {
  return await reader.db
    .selectFrom("approvals")
    .innerJoin("attempts", "attempts.id", "approvals.attempt_id")
    .select(["approvals.attempt_id", "approvals.state", "attempts.simulated"])
    .where("approvals.action", "=", "change")
    .where("approvals.decided_by", "=", "person")
    .where("approvals.state", "in", ["granted", "denied"])
    .where("approvals.decided_at", ">=", since)
    .orderBy("approvals.decided_at")
    .execute();
}

async function fatesSince(reader: Reader, since: Instant) {
  return await reader.db
    .selectFrom("changes")
    .select(["attempt_id", "state", "simulated"])
    .where("state", "in", ["merged", "landed", "reverted"])
    .where("updated_at", ">=", since)
    .execute();
}
