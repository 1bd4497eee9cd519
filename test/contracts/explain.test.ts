import { expect, test } from "vitest";
import { fixedClock } from "../../src/kit/clock.ts";
import { fail } from "../../src/kit/result.ts";
import { dispatchReady } from "../../src/loop/dispatch/dispatch-ready.ts";
import { explain } from "../../src/loop/explain.ts";
import { holdBack } from "../../src/loop/operate-work.ts";
import { holderOf } from "../../src/model/holder.ts";
import { registerIdea } from "../../src/store/ideas/register-idea.ts";
import { takeLease } from "../../src/store/leases/take-lease.ts";
import type { Store } from "../../src/store/store.ts";
import { HEAD, ideaWish, plannedTask, STAMP, text } from "../fakes/delivery.ts";
import { dispatchWorld } from "../fakes/dispatch-world.ts";
import { loggedEvents } from "../fakes/logged-events.ts";
import { storeSuite, SUITE_START } from "./store-harness.ts";

const EVERYTHING = { repository: null, idea: null };
const PAUSE = { of: EVERYTHING, word: "paused", running: null, reason: text("Later.") } as const;

async function serve(store: Store): Promise<void> {
  const holder = holderOf({ host: "here", pid: 7, start: "7" });
  const wish = { name: "scheduler", holder, ttlMs: 60_000, isDead: () => false };
  await store.write(STAMP, (tx) => takeLease(tx, wish));
}

storeSuite("explain", (open) => {
  test("[OPS-3] it says what dispatch goes by, for the task, its idea and its run, and writes nothing", async () => {
    const clock = fixedClock(SUITE_START);
    await using store = await open({ clock });
    const world = await dispatchWorld(store, clock);
    const task = await plannedTask(store);
    await store.write(STAMP, (tx) => holdBack(tx, PAUSE));
    const before = (await loggedEvents(store)).length;
    const told = {
      reason: "paused",
      since: "2026-11-20T00:00:00.000Z",
      lifted_by: "codex-loop resume",
      task_id: task.id,
    };
    for (const said of [task.id, task.ideaId]) expect(await explain(world, said)).toEqual({ ok: true, value: [told] });
    expect((await loggedEvents(store)).length).toBe(before);
    expect(await dispatchReady(world)).toEqual([]);
  });

  test("[OPS-3] a run that goes on, by the run's own id", async () => {
    const clock = fixedClock(SUITE_START);
    await using store = await open({ clock });
    const world = await dispatchWorld(store, clock);
    await plannedTask(store);
    const [attempt] = await dispatchReady(world);
    expect(await explain(world, attempt?.id ?? "")).toMatchObject({
      ok: true,
      value: [{ reason: "running", lifted_by: `the end of attempt ${attempt?.id}` }],
    });
    expect(await explain(world, "nothing")).toMatchObject({ ok: false, failure: { code: "not_found" } });
  });

  test("[OPS-3] work that nothing holds back waits for somebody who dispatches, and says so", async () => {
    const clock = fixedClock(SUITE_START);
    await using store = await open({ clock });
    const world = await dispatchWorld(store, clock);
    const task = await plannedTask(store);
    expect(await explain(world, task.id)).toMatchObject({ ok: true, value: [{ reason: "not_served" }] });
    await serve(store);
    expect(await explain(world, task.id)).toEqual({ ok: true, value: [] });
    clock.advance(61_000);
    expect(await explain(world, task.id)).toMatchObject({ ok: true, value: [{ reason: "not_served" }] });
  });

  test("[OPS-3] what only a look outside tells is told: head, walls, profile", async () => {
    const clock = fixedClock(SUITE_START);
    await using store = await open({ clock });
    const task = await plannedTask(store);
    const failure = { code: "config_invalid", message: "m", cause: "line 3", hint: "h", retry: "never" } as const;
    const missing = { ready: false, fix: "install bubblewrap" };
    const ready = { ready: true, fix: "" };
    const reasons = async (changed: Parameters<typeof dispatchWorld>[2]) => {
      const rows = await explain(await dispatchWorld(store, clock, changed), task.id);
      return rows.ok ? rows.value.map((row) => [row.reason, row.lifted_by]) : rows.failure;
    };
    expect(await reasons({ repository: { resolve: () => Promise.resolve(fail(failure)) } })).toEqual([
      ["head_unknown", "a readable repository and target branch at /repository"],
    ]);
    const walls = { sandbox: missing, agent: ready, key: ready };
    expect(await reasons({ surroundings: () => Promise.resolve(walls) })).toEqual([
      ["sandbox_missing", "install bubblewrap"],
    ]);
    expect(await reasons({ profileAt: () => Promise.resolve(fail(failure)) })).toEqual([
      ["profile_invalid", "a profile without mistakes on the target branch: line 3"],
    ]);
    expect(HEAD).toHaveLength(40);
  });

  test("[OPS-3] an idea without a task says what holds it and what it waits for", async () => {
    const clock = fixedClock(SUITE_START);
    await using store = await open({ clock });
    const world = await dispatchWorld(store, clock);
    const idea = await store.write(STAMP, (tx) => registerIdea(tx, ideaWish()));
    expect(await explain(world, idea.id)).toMatchObject({ ok: true, value: [{ reason: "not_served", task_id: null }] });
    await serve(store);
    await store.write(STAMP, (tx) => holdBack(tx, PAUSE));
    const rows = await explain(world, idea.id);
    expect(rows.ok && rows.value.map(({ reason }) => reason)).toEqual(["paused", "idea_not_active"]);
  });
});
