import type { Selectable } from "kysely";
import type { Holder, IsDead } from "../../model/holder.ts";
import { idOf, type JobId } from "../../model/ids.ts";
import { instantOf, msOf } from "../../model/time.ts";
import type { JobsTable } from "../schema.ts";
import type { Tx } from "../store.ts";
import { backOffMs } from "./back-off.ts";
import { tellFailed } from "./fail-job.ts";

export interface SweptJob {
  readonly id: JobId;
  readonly state: "queued" | "dead" | "cancelled";
}

/** Takes jobs back from workers whose lease is over or that are dead on this host. */
export async function sweepJobs(tx: Tx, isDead: IsDead): Promise<readonly SweptJob[]> {
  const active = await tx.db.selectFrom("jobs").selectAll().where("state", "=", "active").orderBy("id").execute();
  const swept: SweptJob[] = [];
  for (const row of active) {
    const isLate = row.lease_until !== null && row.lease_until < tx.now;
    // Only a claim makes a row active, and it writes the worker.
    const isGone = row.worker !== null && isDead(row.worker as Holder);
    if (!isLate && !isGone) continue;
    const job = await takeBack(tx, row);
    if (job !== null) swept.push(job);
  }
  return swept;
}

async function takeBack(tx: Tx, row: Selectable<JobsTable>): Promise<SweptJob | null> {
  const state = stateAfter(row);
  const written = await tx.db
    .updateTable("jobs")
    .set({
      state,
      run_at: instantOf(msOf(tx.now) + backOffMs(row.id, row.attempts)),
      worker: null,
      lease_until: null,
      finished_at: state === "queued" ? null : tx.now,
    })
    .where("id", "=", row.id)
    .where("state", "=", "active")
    .where("fence", "=", row.fence)
    // On Postgres a heartbeat may have come in between: then the lease is not the one we judged.
    .where("lease_until", "=", row.lease_until)
    .returning("id")
    .execute();
  if (written.length === 0) return null;
  if (state === "dead") await tellFailed(tx, { ...row, state, code: "lost" });
  return { id: idOf.job(row.id), state };
}

function stateAfter(row: Selectable<JobsTable>): SweptJob["state"] {
  if (row.cancel_requested_at !== null) return "cancelled";
  return row.attempts >= row.max_attempts ? "dead" : "queued";
}
