import type { Failure } from "../../model/failure.ts";
import { instantOf, msOf } from "../../model/time.ts";
import { appendEvent } from "../events/append-event.ts";
import type { Tx } from "../store.ts";
import { backOffMs } from "./back-off.ts";
import { errorText, type Claim, type JobError, type JobState } from "./job.ts";

export interface JobFailure extends JobError {
  readonly retry: Failure["retry"];
}

/**
 * Ends an attempt that failed, as its `retry` says: `never` closes the job, `now` queues it at once, `later` after a
 * back-off; without attempts left it is dead. Returns the new state, or `lost`. A job that closes raises an alarm event.
 */
export async function failJob(tx: Tx, claim: Claim, failure: JobFailure): Promise<JobState | "lost"> {
  const row = await tx.db
    .selectFrom("jobs")
    .select(["queue", "key", "attempts", "max_attempts"])
    .where("id", "=", claim.id)
    .where("state", "=", "active")
    .where("fence", "=", claim.fence)
    .executeTakeFirst();
  if (row === undefined) return "lost";
  const state = nextState(failure.retry, row);
  const wait = failure.retry === "later" ? backOffMs(claim.id, row.attempts) : 0;
  const written = await tx.db
    .updateTable("jobs")
    .set({
      state,
      run_at: instantOf(msOf(tx.now) + wait),
      lease_until: null,
      worker: null,
      error: errorText(failure),
      finished_at: state === "queued" ? null : tx.now,
    })
    .where("id", "=", claim.id)
    .where("state", "=", "active")
    .where("fence", "=", claim.fence)
    .returning("id")
    .execute();
  if (written.length === 0) return "lost";
  if (state !== "queued") await tellFailed(tx, { ...row, id: claim.id, state, code: failure.code });
  return state;
}

function nextState(
  retry: Failure["retry"],
  row: { attempts: number; max_attempts: number },
): "queued" | "failed" | "dead" {
  if (retry === "never") return "failed";
  return row.attempts >= row.max_attempts ? "dead" : "queued";
}

interface FailedJob {
  readonly id: string;
  readonly queue: string;
  readonly key: string;
  readonly state: "failed" | "dead";
  readonly code: string;
  readonly attempts: number;
}

/** The alarm for a job that nobody will try again. */
export async function tellFailed(tx: Tx, job: FailedJob): Promise<void> {
  const { id, queue, key, state, code, attempts } = job;
  await appendEvent(tx, { type: "job.failed", key: id, payload: { queue, key, state, code, attempts } });
}
