import type { Holder } from "../../model/holder.ts";
import { instantOf, msOf } from "../../model/time.ts";
import type { Tx } from "../store.ts";
import { claimedJobOf, type ClaimedJob } from "./job.ts";

export interface ClaimWish {
  readonly queue: string;
  readonly worker: Holder;
  /** At least 60 s between hosts, so that seconds of clock skew do not matter. */
  readonly leaseMs: number;
}

/** Claims up to `limit` jobs that are due, the most urgent and then the oldest first. */
export async function claimJobs(tx: Tx, wish: ClaimWish & { readonly limit: number }): Promise<readonly ClaimedJob[]> {
  const rows = await tx.db
    // Materialized: the choice runs once, whatever the planner thinks of the update.
    .with(
      (cte) => cte("due").materialized(),
      (db) =>
        tx.dialect.skipLocked(
          db
            .selectFrom("jobs")
            .select("id")
            .where("queue", "=", wish.queue)
            .where("state", "=", "queued")
            .where("run_at", "<=", tx.now)
            .orderBy("priority", "desc")
            .orderBy("id")
            .limit(wish.limit),
        ),
    )
    .updateTable("jobs")
    .set((eb) => ({
      state: "active",
      attempts: eb("attempts", "+", 1),
      fence: eb("fence", "+", 1),
      lease_until: instantOf(msOf(tx.now) + wish.leaseMs),
      worker: wish.worker,
      started_at: tx.now,
    }))
    .where("id", "in", (eb) => eb.selectFrom("due").select("id"))
    .returning(["id", "queue", "key", "fence", "attempts", "max_attempts", "lease_until", "payload", "priority"])
    .execute();
  return rows
    .toSorted((left, right) => right.priority - left.priority || (left.id < right.id ? -1 : 1))
    .map(claimedJobOf);
}

/** Claims the next job that is due; `null` when there is none. */
export async function claimJob(tx: Tx, wish: ClaimWish): Promise<ClaimedJob | null> {
  const [job] = await claimJobs(tx, { ...wish, limit: 1 });
  return job ?? null;
}
