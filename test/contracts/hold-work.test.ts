import { expect, test } from "vitest";
import { fixedClock } from "../../src/kit/clock.ts";
import { dispatchReady } from "../../src/loop/dispatch/dispatch-ready.ts";
import { holdBack, letGoOn } from "../../src/loop/operate-work.ts";
import type { Attempt } from "../../src/model/attempt.ts";
import { getAttempt } from "../../src/store/attempts/get-attempt.ts";
import { startAttempt } from "../../src/store/attempts/start-attempt.ts";
import type { Store } from "../../src/store/store.ts";
import { DEADLINE_MS, LEASE_MS, plannedTask, RUNNER, STAMP, taskNow, text } from "../fakes/delivery.ts";
import { dispatchWorld } from "../fakes/dispatch-world.ts";
import { storeSuite, SUITE_START } from "./store-harness.ts";

const EVERYTHING = { repository: null, idea: null };
const STOP = { word: "stopped", running: "now", reason: text("It runs away.") } as const;

function start(store: Store, { id, fence }: Attempt): Promise<Attempt | null> {
  const wish = { id, fence, holder: RUNNER, leaseMs: LEASE_MS, deadlineMs: DEADLINE_MS };
  return store.write(STAMP, (tx) => startAttempt(tx, wish));
}

storeSuite("holding work", (open) => {
  test("[RUN-12] a stop ends what runs in its scope and nothing else, and loses nothing that is queued", async () => {
    const clock = fixedClock(SUITE_START);
    await using store = await open({ clock });
    const world = await dispatchWorld(store, clock);
    const tasks = [
      await plannedTask(store, { repository: "/a" }),
      await plannedTask(store, { repository: "/a" }),
      await plannedTask(store, { repository: "/b" }),
    ];
    const attempts = await dispatchReady(world);
    const [running, queued, elsewhere] = tasks.map((task) => attempts.find(({ taskId }) => taskId === task.id));
    if (running === undefined || queued === undefined || elsewhere === undefined) throw new Error("not dispatched");
    await start(store, running);
    await start(store, elsewhere);
    const waiting = await plannedTask(store, { repository: "/a" });
    const held = await store.write(STAMP, (tx) => holdBack(tx, { of: { repository: "/a", idea: null }, ...STOP }));
    expect(held).toMatchObject({ ok: true, value: { stopping: [running.id], ended: [queued.id] } });
    const now = (attempt: Attempt) => store.read((reader) => getAttempt(reader, attempt.id));
    expect(await now(running)).toMatchObject({ state: "running", stop: "now", stopReason: "KILL_SWITCH_ACTIVE" });
    expect(await now(queued)).toMatchObject({
      state: "ended",
      outcome: "cancelled",
      failureCode: "KILL_SWITCH_ACTIVE",
    });
    expect(await now(elsewhere)).toMatchObject({ state: "running", stop: null });
    const state = async (id: (typeof waiting)["id"]) => (await store.read((reader) => taskNow(reader, id))).state;
    expect([await state(queued.taskId), await state(waiting.id)]).toEqual(["parked", "ready"]);
    expect(await dispatchReady(world)).toEqual([]);
    clock.advance(1000);
    const resumed = await store.write(STAMP, (tx) => letGoOn(tx, { repository: "/a", idea: null }));
    expect(resumed).toMatchObject({ ok: true, value: { lifted: "stopped", remaining: [] } });
    const again = await dispatchReady(world);
    expect(again.map(({ taskId }) => taskId).toSorted()).toEqual([queued.taskId, waiting.id].toSorted());
  });

  test("[RUN-12] a pause lets what runs go on and starts nothing new, until exactly it is lifted", async () => {
    const clock = fixedClock(SUITE_START);
    await using store = await open({ clock });
    const world = await dispatchWorld(store, clock);
    const first = await plannedTask(store);
    const [attempt] = await dispatchReady(world);
    if (attempt === undefined) throw new Error("not dispatched");
    await start(store, attempt);
    const pause = { word: "paused", running: null, reason: text("Later.") } as const;
    await store.write(STAMP, (tx) =>
      holdBack(tx, { of: { repository: null, idea: first.ideaId.slice(0, 30) }, ...pause }),
    );
    await store.write(STAMP, (tx) => holdBack(tx, { of: EVERYTHING, ...pause }));
    expect(await store.read((reader) => getAttempt(reader, attempt.id))).toMatchObject({
      state: "running",
      stop: null,
    });
    const next = await plannedTask(store);
    expect(await dispatchReady(world)).toEqual([]);
    const resumed = await store.write(STAMP, (tx) => letGoOn(tx, EVERYTHING));
    expect(resumed).toMatchObject({
      ok: true,
      value: { remaining: [{ scope: `idea/${first.ideaId}`, word: "paused" }] },
    });
    expect((await dispatchReady(world)).map(({ taskId }) => taskId)).toEqual([next.id]);
    expect(await store.write(STAMP, (tx) => letGoOn(tx, EVERYTHING))).toMatchObject({
      ok: true,
      value: { lifted: null },
    });
    expect(await store.write(STAMP, (tx) => letGoOn(tx, { repository: null, idea: "nobody" }))).toMatchObject({
      ok: false,
      failure: { code: "not_found" },
    });
  });
});
