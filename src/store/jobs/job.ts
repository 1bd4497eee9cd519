/**
 * A piece of work for any process, under a lease and a fence.
 *
 *                 ┌───── postpone · fail (may try again) · sweep (lease over, holder dead) ─────┐
 *                 ▼                                                                             │
 *   enqueue ─▶ queued ───────────────── claim: fence + 1, attempts + 1 ───────────────────▶ active
 *                 │                                                                             │
 *                 └─ cancel ─▶ cancelled ◀─ stop, sweep (after a cancel) ──┬────────────────────┤
 *                                                                          │                    ├─ finish ─▶ succeeded
 *                                                                          │                    ├─ fail (never again) ─▶ failed
 *                                                                          │                    └─ fail, sweep (no attempts left) ─▶ dead
 *
 * Open states are `queued` and `active`: one open job per (queue, key). Every act on an active job names its fence, and
 * a fence that is no longer the row's changes nothing: the caller has lost the job, ends its process group and
 * writes nothing more.
 */
import { canonicalJson, parseJson, type Json } from "../../kit/json.ts";
import type { FailureCode } from "../../model/failure.ts";
import { idOf, type JobId } from "../../model/ids.ts";
import type { Redacted } from "../../model/redacted.ts";
import type { Instant } from "../../model/time.ts";

export const JOB_STATES = ["queued", "active", "succeeded", "failed", "cancelled", "dead"] as const;
export type JobState = (typeof JOB_STATES)[number];

/** Why an attempt did not succeed. */
export interface JobError {
  readonly code: FailureCode;
  readonly message: Redacted;
}

/** What a worker must show to write to a job it claimed. */
export interface Claim {
  readonly id: JobId;
  readonly fence: number;
}

export interface ClaimedJob extends Claim {
  readonly queue: string;
  readonly key: string;
  /** This attempt, counted from 1. */
  readonly attempts: number;
  readonly maxAttempts: number;
  readonly leaseUntil: Instant;
  readonly payload: Json;
}

/** The columns a claim returns. */
export interface ClaimedRow {
  readonly id: string;
  readonly queue: string;
  readonly key: string;
  readonly fence: number;
  readonly attempts: number;
  readonly max_attempts: number;
  readonly lease_until: string | null;
  readonly payload: string;
}

export function claimedJobOf(row: ClaimedRow): ClaimedJob {
  return {
    id: idOf.job(row.id),
    queue: row.queue,
    key: row.key,
    fence: row.fence,
    attempts: row.attempts,
    maxAttempts: row.max_attempts,
    // A claim has just written the lease; payloads are written by `enqueueJobs` only.
    leaseUntil: row.lease_until as Instant,
    payload: parseJson(row.payload) as Json,
  };
}

export function errorText(error: JobError): string {
  return canonicalJson({ code: error.code, message: error.message });
}
