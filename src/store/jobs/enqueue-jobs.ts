import { sql } from "kysely";
import { canonicalJson, type Json } from "../../kit/json.ts";
import { idOf, newId, type JobId } from "../../model/ids.ts";
import { msOf, type Instant } from "../../model/time.ts";
import type { Tx } from "../store.ts";

export interface JobOrder {
  readonly queue: string;
  /** One open job per queue and key: what the work is about, e.g. an event id. */
  readonly key: string;
  /** Ids, numbers and closed words; text belongs in the row the job is about. */
  readonly payload?: Json;
  /** Higher is sooner; 0 when left out. */
  readonly priority?: number;
  readonly runAt?: Instant;
  readonly maxAttempts?: number;
}

const DEFAULT_MAX_ATTEMPTS = 5;
/** Rows of 19 columns that stay far below SQLite's 32,766 parameters. */
const CHUNK = 500;

/** Queues work; the ids of the jobs made. An order whose key has an open job already makes none. */
export async function enqueueJobs(tx: Tx, orders: readonly JobOrder[]): Promise<readonly JobId[]> {
  const made: JobId[] = [];
  for (let start = 0; start < orders.length; start += CHUNK) {
    const rows = orders.slice(start, start + CHUNK).map((order, index) => rowOf(tx, order, start + index));
    const inserted = await tx.db
      .insertInto("jobs")
      .values(rows)
      // Literals, so that Postgres can tell which partial index is meant.
      .onConflict((conflict) =>
        conflict
          .columns(["queue", "key"])
          .where(sql<boolean>`state in ('queued', 'active')`)
          .doNothing(),
      )
      .returning("id")
      .execute();
    made.push(...inserted.map((row) => idOf.job(row.id)));
  }
  return made;
}

/** Queues one job; `null` when its key has an open one. */
export async function enqueueJob(tx: Tx, order: JobOrder): Promise<JobId | null> {
  const [id] = await enqueueJobs(tx, [order]);
  return id ?? null;
}

/** Jobs queued together are claimed in the order given: `place` goes into the id. */
function rowOf(tx: Tx, order: JobOrder, place: number) {
  return {
    id: newId.job(msOf(tx.now), place),
    queue: order.queue,
    key: order.key,
    state: "queued",
    priority: order.priority ?? 0,
    run_at: order.runAt ?? tx.now,
    attempts: 0,
    max_attempts: order.maxAttempts ?? DEFAULT_MAX_ATTEMPTS,
    lease_until: null,
    fence: 0,
    worker: null,
    payload: canonicalJson(order.payload ?? {}),
    result: null,
    error: null,
    cancel_requested_at: null,
    created_at: tx.now,
    started_at: null,
    finished_at: null,
  };
}
