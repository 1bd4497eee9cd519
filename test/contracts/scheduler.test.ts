import { expect, test } from "vitest";
import { holderOf } from "../../src/model/holder.ts";
import { FailureError, type Failure } from "../../src/model/failure.ts";
import type { Event } from "../../src/model/event.ts";
import { systemClock } from "../../src/kit/clock.ts";
import type { Stage } from "../../src/ports/stage.ts";
import { redactor } from "../../src/policy/redact/redact-text.ts";
import { Pulse } from "../../src/server/pulse.ts";
import { patiently } from "../../src/server/roles/patiently.ts";
import { runScheduler } from "../../src/server/roles/scheduler.ts";
import { appendEvent } from "../../src/store/events/append-event.ts";
import { enqueueJob } from "../../src/store/jobs/enqueue-jobs.ts";
import type { Store } from "../../src/store/store.ts";
import { strictRole } from "../fakes/strict-role.ts";
import { storeSuite } from "./store-harness.ts";

const holder = (name: string) => holderOf({ host: "here", pid: 1, start: name });

interface Seen {
  readonly events: Event[];
  readonly pulse: Pulse;
  readonly end: AbortController;
  readonly stop: AbortSignal;
}

/** Runs a scheduler whose one stage notes what it is woken by; it ends after so many events, or when it first finds nothing to do. */
async function runUntil(store: Store, wanted: number | "idle"): Promise<Seen> {
  const end = new AbortController();
  const seen: Seen = { events: [], pulse: new Pulse(), end, stop: end.signal };
  const stage: Stage<Seen> = {
    name: "learn",
    wakesOn: ["traces.ingested"],
    handle: async (event, world) => {
      world.events.push(event);
      if (world.events.length === wanted) world.end.abort();
      return { kind: "done" };
    },
  };
  await runScheduler({
    store,
    clock: systemClock,
    stages: [stage],
    world: seen,
    holder: holder("a"),
    address: null,
    isDead: () => false,
    redact: redactor({ salt: "test" }),
    changed: (signal) => {
      if (wanted === "idle") end.abort();
      return seen.pulse.next(signal);
    },
    stop: end.signal,
    ...strictRole(),
  });
  return seen;
}

async function append(store: Store, key: string): Promise<void> {
  await store.write({ actor: "test" }, (tx) => appendEvent(tx, { type: "traces.ingested", key }));
}

test("[STO-5] a role waits for a busy store and is ended only by a bug", async () => {
  const busy: Failure = { code: "store_busy", message: "busy", cause: "", hint: "", retry: "later" };
  const told: Failure[] = [];
  const tell = (failure: Failure): void => void told.push(failure);
  const round = (error: Error) => {
    const failing = async (): Promise<void> => {
      throw error;
    };
    return patiently(failing, tell);
  };
  expect(await round(new FailureError(busy))).toBeNull();
  expect(told).toEqual([busy]);
  await expect(round(new Error("bug"))).rejects.toThrow("bug");
  await expect(round(new FailureError({ ...busy, retry: "never" }))).rejects.toThrow("busy");
});

storeSuite("scheduler", (open) => {
  test("[STO-5] every event wakes its stage once, in order, whoever appended it and whenever", async () => {
    await using store = await open();
    for (const key of ["one", "two"]) await append(store, key);
    await store.write({ actor: "test" }, (tx) => appendEvent(tx, { type: "signals.computed", key: "other" }));
    const first = await runUntil(store, 2);
    await append(store, "three");
    const second = await runUntil(store, 1);
    expect([...first.events, ...second.events].map((event) => event.key)).toEqual(["one", "two", "three"]);
  });

  test("[STO-5] an event that is appended while the scheduler waits wakes it", async () => {
    await using store = await open();
    const running = runUntil(store, 1);
    await append(store, "later");
    expect((await running).events.map((event) => event.key)).toEqual(["later"]);
  });

  test("[STO-5] a job whose event is not in the log is closed without its stage", async () => {
    await using store = await open();
    await store.write({ actor: "test" }, (tx) =>
      enqueueJob(tx, { queue: "learn", key: "gone", payload: { event: "gone" } }),
    );
    await append(store, "real");
    const seen = await runUntil(store, "idle");
    expect(seen.events.map((event) => event.key)).toEqual(["real"]);
    const jobs = await store.read((reader) => reader.db.selectFrom("jobs").select("state").execute());
    expect(jobs.map((job) => job.state)).toEqual(["succeeded", "succeeded"]);
  });
});
