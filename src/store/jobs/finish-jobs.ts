import { sql } from "kysely";
import { canonicalJson, type Json } from "../../kit/json.ts";
import { idOf, type JobId } from "../../model/ids.ts";
import type { Tx } from "../store.ts";
import type { Claim } from "./job.ts";

/**
 * Closes jobs as succeeded, all with the same `result` (ids, numbers and closed words); the ids of those whose fence still
 * held. The others were lost and stay as they are.
 */
export async function finishJobs(tx: Tx, claims: readonly Claim[], result: Json = null): Promise<readonly JobId[]> {
  if (claims.length === 0) return [];
  const values = claims.map(({ id, fence }) => sql`(${id}, cast(${fence} as bigint))`);
  const rows = await tx.db
    .with("done(id, fence)", () => sql<Claim>`(values ${sql.join(values)})`)
    .updateTable("jobs")
    .from("done")
    .set({ state: "succeeded", result: canonicalJson(result), lease_until: null, finished_at: tx.now })
    .whereRef("jobs.id", "=", "done.id")
    .whereRef("jobs.fence", "=", "done.fence")
    .where("jobs.state", "=", "active")
    .returning("jobs.id")
    .execute();
  return rows.map((row) => idOf.job(row.id));
}

/** Closes one job as succeeded; false when it was lost. */
export async function finishJob(tx: Tx, claim: Claim, result: Json = null): Promise<boolean> {
  const closed = await finishJobs(tx, [claim], result);
  return closed.length === 1;
}
