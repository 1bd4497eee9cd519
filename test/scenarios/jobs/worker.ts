/**
 * One of several worker processes on one store: claims jobs and closes them until none is open. Now and then it lets the
 * lease of what it claimed lapse and closes it all the same: at once, racing the others' sweeps, or after it has seen
 * that the job was taken from it. Prints what the store accepted from it.
 */
import { hostname } from "node:os";
import { setTimeout as wait } from "node:timers/promises";
import { parseJson } from "../../../src/kit/json.ts";
import { type Holder, holderOf } from "../../../src/model/holder.ts";
import { claimJobs } from "../../../src/store/jobs/claim-jobs.ts";
import { finishJob, finishJobs } from "../../../src/store/jobs/finish-jobs.ts";
import type { Claim } from "../../../src/store/jobs/job.ts";
import { sweepJobs } from "../../../src/store/jobs/sweep-jobs.ts";
import type { Store } from "../../../src/store/store.ts";
import { openShared, type Shared } from "./open-shared.ts";

export interface WorkerOrder {
  readonly shared: Shared;
  readonly queue: string;
  /** Jobs claimed and closed at a time. */
  readonly batch: number;
  /** Every how many rounds a lease is left to lapse. */
  readonly lapseEvery: number;
}

export interface WorkerReport {
  /** `id#fence` of every close the store accepted. */
  readonly accepted: string[];
  /** Closes with a fence that the worker had seen replaced: how many it tried, how many the store accepted. */
  stale: number;
  staleAccepted: number;
}

const STAMP = { actor: "worker" };
const NEVER_DEAD = (): boolean => false;

async function work(store: Store, order: WorkerOrder): Promise<WorkerReport> {
  const report: WorkerReport = { accepted: [], stale: 0, staleAccepted: 0 };
  const worker = holderOf({ host: hostname(), pid: process.pid, start: "0" });
  for (let round = 1; ; round += 1) {
    const lapses = round % order.lapseEvery === 0;
    const claims = await claim(store, { ...order, worker, leaseMs: lapses ? -1 : 60_000 });
    if (claims.length === 0) {
      if (await isDone(store)) return report;
      await store.write(STAMP, (tx) => sweepJobs(tx, NEVER_DEAD));
      await wait(10);
    } else if (!lapses) {
      accept(report, claims, await store.write(STAMP, (tx) => finishJobs(tx, claims)));
    } else if (round % (2 * order.lapseEvery) === 0) {
      for (const one of claims) await closeLate(store, one, report);
    } else {
      for (const one of claims) await closeLost(store, one, report);
    }
  }
}

async function claim(
  store: Store,
  wish: WorkerOrder & { readonly worker: Holder; readonly leaseMs: number },
): Promise<readonly Claim[]> {
  return await store.write(STAMP, (tx) => claimJobs(tx, { ...wish, limit: wish.batch }));
}

/** The lease is over, and nobody may have noticed: accepted or refused, but never both this and another's. */
async function closeLate(store: Store, one: Claim, report: WorkerReport): Promise<void> {
  const closed = await store.write(STAMP, (tx) => finishJob(tx, one));
  accept(report, [one], closed ? [one.id] : []);
}

/** Waits until the job was taken away, and closes it with the old fence. */
async function closeLost(store: Store, one: Claim, report: WorkerReport): Promise<void> {
  while (await holds(store, one)) await store.write(STAMP, (tx) => sweepJobs(tx, NEVER_DEAD));
  report.stale += 1;
  if (await store.write(STAMP, (tx) => finishJob(tx, one))) report.staleAccepted += 1;
}

async function holds(store: Store, one: Claim): Promise<boolean> {
  const row = await store.read((reader) =>
    reader.db.selectFrom("jobs").select(["state", "fence"]).where("id", "=", one.id).executeTakeFirstOrThrow(),
  );
  return row.state === "active" && row.fence === one.fence;
}

async function isDone(store: Store): Promise<boolean> {
  const open = await store.read((reader) =>
    reader.db.selectFrom("jobs").select("id").where("state", "in", ["queued", "active"]).limit(1).execute(),
  );
  return open.length === 0;
}

function accept(report: WorkerReport, claims: readonly Claim[], closed: readonly string[]): void {
  const ids = new Set(closed);
  for (const { id, fence } of claims) if (ids.has(id)) report.accepted.push(`${id}#${fence}`);
}

// The parent wrote the order a moment ago.
const order = parseJson(process.argv[2] ?? "") as WorkerOrder;
await using store = await openShared(order.shared);
process.stdout.write(JSON.stringify(await work(store, order)));
