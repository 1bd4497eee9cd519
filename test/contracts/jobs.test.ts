import { expect, test } from "vitest";
import { fixedClock } from "../../src/kit/clock.ts";
import { holderOf } from "../../src/model/holder.ts";
import { idOf } from "../../src/model/ids.ts";
import type { Redacted } from "../../src/model/redacted.ts";
import { instantOf } from "../../src/model/time.ts";
import { readEvents } from "../../src/store/events/read-events.ts";
import { cancelJob } from "../../src/store/jobs/cancel-job.ts";
import { claimJob, claimJobs } from "../../src/store/jobs/claim-jobs.ts";
import { enqueueJob, enqueueJobs, type JobOrder } from "../../src/store/jobs/enqueue-jobs.ts";
import { failJob, type JobFailure } from "../../src/store/jobs/fail-job.ts";
import { finishJob, finishJobs } from "../../src/store/jobs/finish-jobs.ts";
import { heartbeatJob } from "../../src/store/jobs/heartbeat-job.ts";
import type { Claim, ClaimedJob } from "../../src/store/jobs/job.ts";
import { postponeJob } from "../../src/store/jobs/postpone-job.ts";
import { settleJob } from "../../src/store/jobs/settle-job.ts";
import { stopJob } from "../../src/store/jobs/stop-job.ts";
import { sweepJobs } from "../../src/store/jobs/sweep-jobs.ts";
import type { Store } from "../../src/store/store.ts";
import { storeSuite, SUITE_START } from "./store-harness.ts";

const STAMP = { actor: "test" };
const WORKER = holderOf({ host: "here", pid: 11, start: "100" });
const LEASE_MS = 60_000;
const NOBODY_DEAD = (): boolean => false;
const BUSY: JobFailure = { code: "try_later", retry: "later", message: "busy" as Redacted };

async function enqueue(store: Store, key: string, order: Partial<JobOrder> = {}): Promise<string | null> {
  return await store.write(STAMP, (tx) => enqueueJob(tx, { queue: "q", key, ...order }));
}

async function claim(store: Store): Promise<ClaimedJob> {
  const job = await store.write(STAMP, (tx) => claimJob(tx, { queue: "q", worker: WORKER, leaseMs: LEASE_MS }));
  if (job === null) throw new Error("no job was due");
  return job;
}

async function claimOrNull(store: Store): Promise<ClaimedJob | null> {
  return await store.write(STAMP, (tx) => claimJob(tx, { queue: "q", worker: WORKER, leaseMs: LEASE_MS }));
}

async function stateOf(store: Store, id: string): Promise<string | undefined> {
  const row = await store.read((reader) =>
    reader.db.selectFrom("jobs").select("state").where("id", "=", id).executeTakeFirst(),
  );
  return row?.state;
}

async function alarms(store: Store): Promise<readonly unknown[]> {
  const events = await store.read((reader) => readEvents(reader, { limit: 100 }));
  return events.filter((event) => event.type === "job.failed").map((event) => event.payload);
}

storeSuite("jobs", (open) => {
  test("[STO-5] a key has one open job; closed, it may be queued again", async () => {
    await using store = await open();
    const first = await enqueue(store, "a", { payload: { event: "e1" } });
    expect(first).not.toBeNull();
    expect(await enqueue(store, "a")).toBeNull();
    const job = await claim(store);
    expect(job).toMatchObject({ id: first, fence: 1, attempts: 1, payload: { event: "e1" } });
    expect(await enqueue(store, "a")).toBeNull();
    expect(await store.write(STAMP, (tx) => finishJob(tx, job, { rows: 3 }))).toBe(true);
    expect(await enqueue(store, "a")).not.toBeNull();
  });

  test("[STO-5] the most urgent job comes first, then the oldest, and none before its time", async () => {
    const clock = fixedClock(SUITE_START);
    await using store = await open({ clock });
    for (const [key, priority] of [
      ["low", 0],
      ["high", 5],
      ["low-too", 0],
    ] as const) {
      await enqueue(store, key, { priority });
      clock.advance(1);
    }
    await enqueue(store, "later", { priority: 9, runAt: instantOf(SUITE_START + 10_000) });
    expect((await claim(store)).key).toBe("high");
    const jobs = await store.write(STAMP, (tx) =>
      claimJobs(tx, { queue: "q", worker: WORKER, leaseMs: LEASE_MS, limit: 10 }),
    );
    expect(jobs.map((job) => job.key)).toEqual(["low", "low-too"]);
    expect(await claimOrNull(store)).toBeNull();
    clock.advance(10_000);
    expect((await claim(store)).key).toBe("later");
  });

  test("[STO-5] a batch is closed as far as its fences hold", async () => {
    await using store = await open();
    await store.write(STAMP, (tx) =>
      enqueueJobs(
        tx,
        ["a", "b", "c"].map((key) => ({ queue: "q", key })),
      ),
    );
    const jobs = await store.write(STAMP, (tx) =>
      claimJobs(tx, { queue: "q", worker: WORKER, leaseMs: LEASE_MS, limit: 3 }),
    );
    const finished = jobs.map((job, index) => ({
      id: job.id,
      fence: job.fence - (index === 1 ? 1 : 0),
    }));
    const closed = await store.write(STAMP, (tx) => finishJobs(tx, finished));
    expect(new Set(closed)).toEqual(new Set([jobs[0]?.id, jobs[2]?.id]));
    expect(await stateOf(store, jobs[1]?.id ?? "")).toBe("active");
  });

  test("[STO-5] every write with an old fence is refused and changes nothing", async () => {
    const clock = fixedClock(SUITE_START);
    await using store = await open({ clock });
    await enqueue(store, "a");
    const old: Claim = await claim(store);
    clock.advance(LEASE_MS + 1);
    await store.write(STAMP, (tx) => sweepJobs(tx, NOBODY_DEAD));
    clock.advance(LEASE_MS);
    const current = await claim(store);
    expect(current).toMatchObject({ id: old.id, fence: old.fence + 1, attempts: 2 });
    const before = await store.read((reader) => reader.db.selectFrom("jobs").selectAll().execute());
    expect(await store.write(STAMP, (tx) => heartbeatJob(tx, old, LEASE_MS))).toBe("lost");
    expect(await store.write(STAMP, (tx) => finishJob(tx, old))).toBe(false);
    expect(await store.write(STAMP, (tx) => failJob(tx, old, BUSY))).toBe("lost");
    expect(await store.write(STAMP, (tx) => postponeJob(tx, old, instantOf(0)))).toBe(false);
    expect(await store.write(STAMP, (tx) => stopJob(tx, old))).toBe(false);
    expect(await store.read((reader) => reader.db.selectFrom("jobs").selectAll().execute())).toEqual(before);
    expect(await store.write(STAMP, (tx) => finishJob(tx, current))).toBe(true);
    expect(await store.write(STAMP, (tx) => finishJob(tx, current))).toBe(false);
  });

  test("[STO-5] a heartbeat keeps a job from the sweep", async () => {
    const clock = fixedClock(SUITE_START);
    await using store = await open({ clock });
    await enqueue(store, "a");
    const job = await claim(store);
    clock.advance(LEASE_MS - 1);
    expect(await store.write(STAMP, (tx) => heartbeatJob(tx, job, LEASE_MS))).toBe("go_on");
    clock.advance(LEASE_MS - 1);
    expect(await store.write(STAMP, (tx) => sweepJobs(tx, NOBODY_DEAD))).toEqual([]);
    clock.advance(2);
    expect(await store.write(STAMP, (tx) => sweepJobs(tx, NOBODY_DEAD))).toEqual([{ id: job.id, state: "queued" }]);
  });

  test("[STO-5] the job of a worker that is dead on this host is free at once", async () => {
    await using store = await open();
    await enqueue(store, "a");
    const job = await claim(store);
    expect(await store.write(STAMP, (tx) => sweepJobs(tx, (holder) => holder === WORKER))).toEqual([
      { id: job.id, state: "queued" },
    ]);
  });

  test("[STO-5] a job that was lost too often is dead and raises an alarm", async () => {
    await using store = await open();
    await enqueue(store, "a", { maxAttempts: 1 });
    const job = await claim(store);
    expect(await store.write(STAMP, (tx) => sweepJobs(tx, () => true))).toEqual([{ id: job.id, state: "dead" }]);
    expect(await alarms(store)).toEqual([{ queue: "q", key: "a", state: "dead", code: "lost", attempts: 1 }]);
  });

  test("[STO-5] a failure's retry is obeyed: now, later, never, and not without end", async () => {
    const clock = fixedClock(SUITE_START);
    await using store = await open({ clock });
    const fail = async (failure: Partial<JobFailure>) => {
      const job = await claim(store);
      return await store.write(STAMP, (tx) => failJob(tx, job, { ...BUSY, ...failure }));
    };
    await enqueue(store, "a", { maxAttempts: 3 });
    expect(await fail({ retry: "now" })).toBe("queued");
    expect(await fail({ retry: "later" })).toBe("queued");
    expect(await claimOrNull(store)).toBeNull();
    clock.advance(4_000);
    expect(await fail({ retry: "later" })).toBe("dead");
    await enqueue(store, "b");
    expect(await fail({ retry: "never", code: "not_found" })).toBe("failed");
    expect(await alarms(store)).toEqual([
      { queue: "q", key: "a", state: "dead", code: "try_later", attempts: 3 },
      { queue: "q", key: "b", state: "failed", code: "not_found", attempts: 1 },
    ]);
  });

  test("[STO-5] a queued job is cancelled at once, an active one when its worker hears of it", async () => {
    await using store = await open();
    const queued = idOf.job((await enqueue(store, "a")) ?? "");
    expect(await store.write(STAMP, (tx) => cancelJob(tx, queued))).toBe("cancelled");
    expect(await store.write(STAMP, (tx) => cancelJob(tx, queued))).toBe("closed");
    await enqueue(store, "b");
    const job = await claim(store);
    expect(await store.write(STAMP, (tx) => cancelJob(tx, job.id))).toBe("asked");
    expect(await store.write(STAMP, (tx) => heartbeatJob(tx, job, LEASE_MS))).toBe("cancel");
    expect(await store.write(STAMP, (tx) => stopJob(tx, job))).toBe(true);
    expect(await stateOf(store, job.id)).toBe("cancelled");
  });

  test("[STO-5] a job that shall stop is not queued again when its worker is gone", async () => {
    await using store = await open();
    await enqueue(store, "a");
    const job = await claim(store);
    await store.write(STAMP, (tx) => cancelJob(tx, job.id));
    expect(await store.write(STAMP, (tx) => sweepJobs(tx, () => true))).toEqual([{ id: job.id, state: "cancelled" }]);
  });

  test("[STO-7] a stage's answer is obeyed: done closes, again waits without costing an attempt, a failure's retry decides (law 1)", async () => {
    const clock = fixedClock(SUITE_START);
    await using store = await open({ clock });
    const redact = (text: string): Redacted => `redacted:${text.length}` as Redacted;
    await enqueue(store, "a");
    const first = await claim(store);
    const again = { kind: "again", at: instantOf(SUITE_START + 5_000) } as const;
    await store.write(STAMP, (tx) => settleJob(tx, first, { handled: again, redact }));
    expect(await claimOrNull(store)).toBeNull();
    clock.advance(5_000);
    const second = await claim(store);
    expect(second).toMatchObject({ id: first.id, attempts: 1, fence: 2 });
    const failure = { code: "not_found", message: "no token=s3cret", cause: "", hint: "", retry: "never" } as const;
    await store.write(STAMP, (tx) => settleJob(tx, second, { handled: { kind: "failure", failure }, redact }));
    expect(await stateOf(store, first.id)).toBe("failed");
    const row = await store.read((reader) => reader.db.selectFrom("jobs").select("error").executeTakeFirstOrThrow());
    expect(row.error).toBe('{"code":"not_found","message":"redacted:15"}');
    await enqueue(store, "b");
    const third = await claim(store);
    expect(await store.write(STAMP, (tx) => settleJob(tx, third, { handled: { kind: "done" }, redact }))).toBe(true);
    expect(await stateOf(store, third.id)).toBe("succeeded");
  });
});
