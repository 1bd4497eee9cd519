import { sql } from "kysely";
import { canonicalJson, type Json } from "../../kit/json.ts";
import { idOf, type JobId } from "../../model/ids.ts";
import type { Tx } from "../store.ts";
import type { Claim } from "./job.ts";

export interface Finished extends Claim {
  /** Ids, numbers and closed words. */
  readonly result?: Json;
}

/** Closes jobs as succeeded; the ids of those whose fence still held. The others were lost and stay as they are. */
export async function finishJobs(tx: Tx, finished: readonly Finished[]): Promise<readonly JobId[]> {
  if (finished.length === 0) return [];
  const values = finished.map(
    ({ id, fence, result }) => sql`(${id}, cast(${fence} as bigint), ${canonicalJson(result ?? null)})`,
  );
  const rows = await tx.db
    .with("done(id, fence, result)", () => sql<DoneRow>`(values ${sql.join(values)})`)
    .updateTable("jobs")
    .from("done")
    .set((eb) => ({
      state: "succeeded",
      result: eb.ref("done.result"),
      lease_until: null,
      finished_at: tx.now,
    }))
    .whereRef("jobs.id", "=", "done.id")
    .whereRef("jobs.fence", "=", "done.fence")
    .where("jobs.state", "=", "active")
    .returning("jobs.id")
    .execute();
  return rows.map((row) => idOf.job(row.id));
}

interface DoneRow {
  id: string;
  fence: number;
  result: string;
}

/** Closes one job as succeeded; false when it was lost. */
export async function finishJob(tx: Tx, finished: Finished): Promise<boolean> {
  const closed = await finishJobs(tx, [finished]);
  return closed.length === 1;
}
