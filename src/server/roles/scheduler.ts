/**
 * The scheduler: one process at a time (a lease) turns events into jobs, takes jobs back from dead workers, and, like
 * any process might, works them off.
 *
 * A round: hold the lease or sit this one out → when a look without locks finds something: turn the next events into
 * jobs, claim one job of each stage, run the stage outside any transaction, settle under the fence → else wait for the
 * log to grow. An idle scheduler writes only to keep its lease.
 */
import type { Clock } from "../../kit/clock.ts";
import { stringAt } from "../../kit/json.ts";
import type { Holder, IsDead } from "../../model/holder.ts";
import { idOf } from "../../model/ids.ts";
import type { Handled } from "../../model/handled.ts";
import { instantOf } from "../../model/time.ts";
import type { Redacted } from "../../model/redacted.ts";
import type { Stage } from "../../ports/stage.ts";
import { readEvent } from "../../store/events/read-event.ts";
import { claimJob } from "../../store/jobs/claim-jobs.ts";
import { heartbeatJob } from "../../store/jobs/heartbeat-job.ts";
import { hasWork } from "../../store/jobs/has-work.ts";
import type { ClaimedJob } from "../../store/jobs/job.ts";
import { settleJob } from "../../store/jobs/settle-job.ts";
import { sweepJobs } from "../../store/jobs/sweep-jobs.ts";
import { SCHEDULER, turnEventsIntoJobs } from "../../store/jobs/turn-events-into-jobs.ts";
import { releaseLease } from "../../store/leases/release-lease.ts";
import { takeLease } from "../../store/leases/take-lease.ts";
import type { Lease } from "../../store/leases/lease.ts";
import { renewLease } from "../../store/leases/renew-lease.ts";
import type { Store } from "../../store/store.ts";
import { steadily, type Steadiness } from "./steadily.ts";

/** What every stage's world has: the wish that it stop after the work at hand. */
export interface Stoppable {
  readonly stop: AbortSignal;
}

export interface SchedulerOptions<World extends Stoppable> extends Omit<Steadiness, "role"> {
  readonly store: Store;
  readonly clock: Clock;
  readonly stages: readonly Stage<World>[];
  readonly world: World;
  readonly holder: Holder;
  /** Where people reach the process that plays it; `null`: nowhere. */
  readonly address: string | null;
  readonly isDead: IsDead;
  readonly redact: (text: string) => Redacted;
  /** Settles when the log may have grown, after a while in any case, and at once when the signal aborts. */
  readonly changed: (signal: AbortSignal) => Promise<void>;
}

const STAMP = { actor: "scheduler" } as const;
/** Longer than any clock skew between hosts; a dead holder on this host frees it at once. */
const LEASE_MS = 60_000;
/** How soon the jobs of a dead process are taken back, and its role taken over. */
const KEEP_EVERY_MS = 4_000;
const HEARTBEAT_MS = 15_000;

/** Runs until `stop` aborts; then gives the role back. A round that ends with a bug is told, and the next one comes later. */
export async function runScheduler<World extends Stoppable>(options: SchedulerOptions<World>): Promise<void> {
  const { store, stop, clock } = options;
  let lease: Lease | null = null;
  let keptAt = Number.NEGATIVE_INFINITY;
  const attempt = steadily({ ...options, role: "scheduler" });
  while (!stop.aborted) {
    const found = await attempt(async () => {
      if (clock.elapsed() - keptAt > KEEP_EVERY_MS) {
        lease = await keep(options, lease);
        keptAt = clock.elapsed();
      }
      const isBusy = await store.read((reader) => hasWork(reader, instantOf(clock.now())));
      if (isBusy && lease !== null) await turn(options);
      return isBusy && (await work(options));
    });
    if (found !== true) await options.changed(stop);
  }
  if (lease !== null) await release(store, lease);
}

/** The lease, renewed or newly taken, and with it the sweep; `null` while another process plays the scheduler. */
async function keep<World extends Stoppable>(
  options: SchedulerOptions<World>,
  held: Lease | null,
): Promise<Lease | null> {
  const { holder, isDead, address } = options;
  const wish = { name: SCHEDULER, holder, ttlMs: LEASE_MS, isDead, ...(address === null ? {} : { address }) };
  return options.store.write(STAMP, async (tx) => {
    const isRenewed = held !== null && (await renewLease(tx, held, LEASE_MS));
    const lease = isRenewed ? held : await takeLease(tx, wish);
    if (lease !== null) await sweepJobs(tx, isDead);
    return lease;
  });
}

async function turn<World extends Stoppable>({ store, stages }: SchedulerOptions<World>): Promise<void> {
  await store.write(STAMP, (tx) => turnEventsIntoJobs(tx, stages));
}

/** Runs at most one job of every stage; true when there was one. */
async function work<World extends Stoppable>(options: SchedulerOptions<World>): Promise<boolean> {
  let found = false;
  for (const stage of options.stages) {
    const wish = { queue: stage.name, worker: options.holder, leaseMs: LEASE_MS };
    const job = await options.store.write(STAMP, (tx) => claimJob(tx, wish));
    if (job === null) continue;
    found = true;
    const handled = await handle(stage, job, options);
    await options.store.write(STAMP, (tx) => settleJob(tx, job, { handled, redact: options.redact }));
  }
  return found;
}

/**
 * Runs the stage and keeps the job's lease meanwhile. When the job was lost to another worker the stage is asked to stop:
 * whatever it still says is refused by the fence.
 */
async function handle<World extends Stoppable>(
  stage: Stage<World>,
  job: ClaimedJob,
  { store, world }: SchedulerOptions<World>,
): Promise<Handled> {
  const id = stringAt(job.payload, "event");
  const event = id === null ? null : await store.read((reader) => readEvent(reader, idOf.event(id)));
  if (event === null) return { kind: "done" };
  const lost = new AbortController();
  const beat = setInterval(() => void keepJob(store, job, lost), HEARTBEAT_MS);
  try {
    return await stage.handle(event, { ...world, stop: AbortSignal.any([world.stop, lost.signal]) });
  } finally {
    clearInterval(beat);
  }
}

/** A store that is busy for a moment loses nothing: the lease is longer than several heartbeats. */
async function keepJob(store: Store, job: ClaimedJob, lost: AbortController): Promise<void> {
  const pulse = await store.write(STAMP, (tx) => heartbeatJob(tx, job, LEASE_MS)).catch(() => "go_on" as const);
  if (pulse !== "go_on") lost.abort();
}

async function release(store: Store, lease: Lease): Promise<void> {
  await store.write(STAMP, (tx) => releaseLease(tx, lease));
}
