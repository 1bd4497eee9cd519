import { expect, test } from "vitest";
import { fixedClock } from "../../src/kit/clock.ts";
import { fail, ok } from "../../src/kit/result.ts";
import { dispatchStage } from "../../src/loop/dispatch/dispatch.ts";
import { dispatchReady } from "../../src/loop/dispatch/dispatch-ready.ts";
import type { DispatchWorld } from "../../src/loop/dispatch/dispatch-world.ts";
import { sweepLost } from "../../src/loop/dispatch/sweep-lost.ts";
import { planStage } from "../../src/loop/plan/plan.ts";
import type { Attempt } from "../../src/model/attempt.ts";
import { capScopeOf } from "../../src/model/cap.ts";
import { controlScopeOf } from "../../src/model/control.ts";
import type { Event, EventType } from "../../src/model/event.ts";
import type { Failure } from "../../src/model/failure.ts";
import { holderOf } from "../../src/model/holder.ts";
import { idOf } from "../../src/model/ids.ts";
import type { Task } from "../../src/model/task.ts";
import { listCaps } from "../../src/store/caps/list-caps.ts";
import { extendCap } from "../../src/store/caps/extend-cap.ts";
import { liftControl } from "../../src/store/controls/lift-control.ts";
import { setControl } from "../../src/store/controls/set-control.ts";
import { changeIdea } from "../../src/store/ideas/change-idea.ts";
import { registerIdea } from "../../src/store/ideas/register-idea.ts";
import { placeAttempt } from "../../src/store/attempts/place-attempt.ts";
import { startAttempt } from "../../src/store/attempts/start-attempt.ts";
import type { Store } from "../../src/store/store.ts";
import { listTasks } from "../../src/store/tasks/list-tasks.ts";
import { signalTask } from "../../src/store/tasks/signal-task.ts";
import { defaultSettings } from "../fakes/default-settings.ts";
import {
  DEADLINE_MS,
  ended,
  ending,
  HEAD,
  ideaNow,
  ideaWish,
  LEASE_MS,
  plannedTask,
  PROFILE,
  RUNNER,
  STAMP,
  taskNow,
  text,
} from "../fakes/delivery.ts";
import { dispatchWorld } from "../fakes/dispatch-world.ts";
import { loggedEvents } from "../fakes/logged-events.ts";
import { storeSuite, SUITE_START } from "./store-harness.ts";

interface Scene {
  readonly store: Store;
  readonly clock: ReturnType<typeof fixedClock>;
  readonly world: DispatchWorld;
}

async function latest(store: Store, type: EventType): Promise<Event> {
  const events = await loggedEvents(store);
  const event = events.findLast((candidate) => candidate.type === type);
  if (event === undefined) throw new Error(`no ${type} was told`);
  return event;
}

async function count(store: Store, type: EventType): Promise<number> {
  const events = await loggedEvents(store);
  return events.filter((event) => event.type === type).length;
}

async function only(world: DispatchWorld): Promise<Attempt> {
  const attempts = await dispatchReady(world);
  const [attempt] = attempts;
  if (attempt === undefined || attempts.length !== 1) throw new Error(`${attempts.length} attempts were dispatched`);
  return attempt;
}

/** Has the attempt reach an agent, so that it counts as a session. */
async function run({ store, clock }: Scene, attempt: Attempt): Promise<void> {
  const wish = { id: attempt.id, fence: attempt.fence, holder: RUNNER, leaseMs: LEASE_MS, deadlineMs: DEADLINE_MS };
  await store.write(STAMP, (tx) => startAttempt(tx, wish));
  clock.advance(1_000);
}

const REACHED = { sessionId: idOf.session("s") } as const;

storeSuite("dispatch", (open) => {
  async function scene(changed: Partial<DispatchWorld> = {}): Promise<Scene & AsyncDisposable> {
    const clock = fixedClock(SUITE_START);
    const store = await open({ clock });
    const world = await dispatchWorld(store, clock, changed);
    return { store, clock, world, [Symbol.asyncDispose]: () => store[Symbol.asyncDispose]() };
  }
  const state = ({ store }: Scene, task: Task) => store.read((reader) => taskNow(reader, task.id));

  test("[JOB-4] an idea becomes one task, and the task an attempt with a complete order", async () => {
    await using at = await scene();
    const { store, world } = at;
    const idea = await store.write(STAMP, (tx) => registerIdea(tx, ideaWish({ caps: { turns: 2 } })));
    const event = await latest(store, "idea.registered");
    expect(await planStage.handle(event, { store })).toEqual({ kind: "done" });
    await planStage.handle(event, { store });
    const [task, ...more] = await store.read((reader) => listTasks(reader, idea.id));
    expect(more).toEqual([]);
    expect(task).toMatchObject({ title: idea.title, brief: idea.spec, state: "ready" });
    expect(await dispatchStage.handle(await latest(store, "plan.ready"), world)).toEqual({ kind: "done" });
    const queued = await latest(store, "attempt.queued");
    expect(queued.payload).toMatchObject({ task: task?.id, base: HEAD, fence: 1 });
    const [attempt] = await dispatchReady(world);
    expect(attempt).toBeUndefined();
    expect(await store.read((reader) => ideaNow(reader, idea.id))).toMatchObject({ state: "running_tasks" });
    const row = await store.read((reader) => reader.db.selectFrom("attempts").selectAll().executeTakeFirstOrThrow());
    expect(JSON.parse(row.order)).toMatchObject({
      attemptId: row.id,
      repository: "/repository",
      base: HEAD,
      branch: `codex-loop/greet-people-${row.id.slice(-12)}`,
      subject: "Greet people",
      instructions: "Do it.",
      acceptance: PROFILE.acceptance,
      protectedPaths: [".codex-loop/**", "vault/**"],
      outputs: ["change"],
      caps: { turns: 2, minutes: 45, tokens: 2_000_000, microDollars: 3_000_000 },
      trailers: [
        ["Codex-Loop-Idea", idea.id],
        ["Codex-Loop-Task", task?.id],
        ["Codex-Loop-Attempt", row.id],
      ],
    });
  });

  test("[RUN-6] the claim reserves the attempt's caps with it", async () => {
    await using at = await scene();
    const task = await plannedTask(at.store);
    const attempt = await only(at.world);
    const scopes = [capScopeOf.task(task.id), capScopeOf.idea(task.ideaId)];
    const reserved = async (): Promise<readonly string[]> =>
      (await at.store.read((reader) => listCaps(reader, scopes))).map((cap) => `${cap.unit} ${cap.reserved}`);
    expect((await reserved()).toSorted()).toEqual(["sessions 1", "tokens 2000000", "usd 3000000"]);
    await ended(at.store, attempt, ending("lost", "NOT_STARTED"));
    expect((await reserved()).toSorted()).toEqual(["sessions 0", "tokens 0", "usd 0"]);
  });

  test("[RUN-11] the same work on the same head waits for something from outside", async () => {
    let head = HEAD;
    await using at = await scene({ repository: { resolve: () => Promise.resolve(ok(head)) } });
    const task = await plannedTask(at.store);
    const attempt = await only(at.world);
    await run(at, attempt);
    await ended(at.store, attempt, { ...ending("failed", "ACCEPTANCE_COMMAND_FAILED"), ...REACHED });
    expect(await dispatchReady(at.world)).toEqual([]);
    // Even a task that something of ours made ready again is held back while nothing outside has changed.
    await at.store.write(STAMP, (tx) => tx.db.updateTable("tasks").set({ state: "ready" }).execute());
    await at.store.write(STAMP, (tx) => changeIdea(tx, task.ideaId, { to: "running_tasks" }));
    expect(await dispatchReady(at.world)).toEqual([]);
    head = "c".repeat(40);
    expect((await only(at.world)).base).toBe(head);
  });

  test("[RUN-11] a person's replay lets the same head be tried again", async () => {
    await using at = await scene();
    const task = await plannedTask(at.store);
    const attempt = await only(at.world);
    await run(at, attempt);
    await ended(at.store, attempt, { ...ending("failed", "NO_CHANGE"), ...REACHED });
    at.clock.advance(1_000);
    await at.store.write(STAMP, (tx) => signalTask(tx, task.id, "own_commit"));
    expect(await dispatchReady(at.world)).toEqual([]);
    await at.store.write(STAMP, (tx) => signalTask(tx, task.id, "replayed"));
    expect(await only(at.world)).toMatchObject({ number: 2, fence: 2, base: HEAD });
  });

  test("[RUN-11] provider waits grow and use up no session, however many there are", async () => {
    await using at = await scene();
    const task = await plannedTask(at.store);
    const pauses: number[] = [];
    for (let n = 0; n < 6; n += 1) {
      const attempt = await only(at.world);
      await run(at, attempt);
      await ended(at.store, attempt, { ...ending("failed", "PROVIDER_RATE_LIMIT"), ...REACHED });
      expect(await dispatchReady(at.world)).toEqual([]);
      const { notBefore } = await state(at, task);
      pauses.push((Date.parse(notBefore ?? "") - at.clock.now()) / 60_000);
      at.clock.advance(Date.parse(notBefore ?? "") - at.clock.now());
    }
    expect(pauses).toEqual([1, 5, 15, 60, 60, 60]);
    const caps = await at.store.read((reader) => listCaps(reader, [capScopeOf.task(task.id)]));
    expect(caps).toEqual([expect.objectContaining({ unit: "sessions", spent: 0, reserved: 0 })]);
  });

  test("[RUN-5] when its sessions are used up a task is parked once, and a bounded extension brings it on", async () => {
    await using at = await scene();
    const task = await plannedTask(at.store);
    for (let session = 1; session <= 3; session += 1) {
      const attempt = await only(at.world);
      expect(attempt.number).toBe(session);
      await run(at, attempt);
      await ended(at.store, attempt, { ...ending("failed", "NO_CHANGE"), ...REACHED });
      at.clock.advance(1_000);
      await at.store.write(STAMP, (tx) => signalTask(tx, task.id, "foreign_comment"));
    }
    expect(await dispatchReady(at.world)).toEqual([]);
    expect(await state(at, task)).toMatchObject({ state: "parked", reason: "CAP_SESSIONS" });
    expect(await at.store.read((reader) => ideaNow(reader, task.ideaId))).toMatchObject({ state: "blocked" });
    await at.store.write(STAMP, (tx) => signalTask(tx, task.id, "resumed"));
    expect(await dispatchReady(at.world)).toEqual([]);
    const guards = await at.store.read((reader) => reader.db.selectFrom("guards").select(["name", "times"]).execute());
    expect(guards).toContainEqual({ name: "cap/task/sessions", times: 2 });
    at.clock.advance(1_000);
    const wish = { scope: capScopeOf.task(task.id), unit: "sessions", by: 1 } as const;
    expect(await at.store.write(STAMP, (tx) => extendCap(tx, wish))).toMatchObject({ ok: true });
    await dispatchStage.handle(await latest(at.store, "cap.extended"), at.world);
    expect(await latest(at.store, "attempt.queued")).toMatchObject({ payload: { task: task.id, number: 4 } });
  });

  test("[RUN-5] an attempt gets what is left of its idea's cap", async () => {
    await using at = await scene();
    const task = await plannedTask(at.store, { caps: { tokens: 500 } });
    expect((await only(at.world)).order.caps.tokens).toBe(500);
    expect(await state(at, task)).toMatchObject({ state: "claimed" });
  });

  test("[RUN-11] one task that meets a bug stays ready and is told, and all others run", async () => {
    const told: string[] = [];
    const trouble = (error: unknown): void => void told.push(String(error));
    let bad = "";
    const judge: DispatchWorld["judge"] = ({ task }) => {
      if (task.id === bad) throw new Error("no such number");
      return Promise.resolve(null);
    };
    await using at = await scene({ trouble, judge });
    const first = await plannedTask(at.store);
    bad = first.id;
    const second = await plannedTask(at.store);
    expect((await dispatchReady(at.world)).map(({ taskId }) => taskId)).toEqual([second.id]);
    expect(told).toEqual([`Error: Task ${first.id} could not be dispatched: no such number`]);
    expect(await state(at, first)).toMatchObject({ state: "ready" });
  });

  test("[OPS-5] what a process claimed and did not start is given back by any other as soon as it is gone", async () => {
    await using at = await scene();
    const task = await plannedTask(at.store);
    const attempt = await only(at.world);
    const stopped: string[] = [];
    const engine = { stop: async (holder: string) => ok(stopped.push(holder)) };
    expect(await sweepLost({ store: at.store, engine, isDead: () => false })).toEqual([]);
    const swept = await sweepLost({ store: at.store, engine, isDead: (holder) => holder === RUNNER });
    expect(swept).toMatchObject([{ id: attempt.id, outcome: "lost", failureCode: "NOT_STARTED" }]);
    // Who claimed it is no runner, and is never ended.
    expect(stopped).toEqual([]);
    expect(await state(at, task)).toMatchObject({ state: "ready" });
    expect((await only(at.world)).number).toBe(2);
  });

  test("[OPS-5] once its runner is placed, an attempt outlives the process that claimed it", async () => {
    await using at = await scene({ holder: holderOf({ host: "here", pid: 78, start: "701" }) });
    await plannedTask(at.store);
    const { id, fence } = await only(at.world);
    await at.store.write(STAMP, (tx) => placeAttempt(tx, { id, fence, holder: RUNNER, leaseMs: LEASE_MS }));
    const engine = { stop: async () => ok(0) };
    expect(await sweepLost({ store: at.store, engine, isDead: (holder) => holder !== RUNNER })).toEqual([]);
  });

  test("[RUN-12] what is paused stays ready; what the kill switch ended is tried again when a person lifts it", async () => {
    await using at = await scene();
    const task = await plannedTask(at.store);
    const hold = { scope: controlScopeOf.all, word: "stopped", reason: text("fire") } as const;
    const running = await only(at.world);
    await at.store.write(STAMP, (tx) => setControl(tx, hold));
    await ended(at.store, running, ending("cancelled", "KILL_SWITCH_ACTIVE"));
    const waiting = await plannedTask(at.store);
    at.clock.advance(1_000);
    expect(await dispatchReady(at.world)).toEqual([]);
    expect([(await state(at, task)).state, (await state(at, waiting)).state]).toEqual(["parked", "ready"]);
    await at.store.write(STAMP, (tx) => liftControl(tx, controlScopeOf.all));
    expect((await dispatchReady(at.world)).map(({ taskId }) => taskId).toSorted()).toEqual(
      [task.id, waiting.id].toSorted(),
    );
  });

  test("[RUN-13] a command that waits for its idea dispatches nothing else", async () => {
    await using at = await scene();
    await plannedTask(at.store);
    const own = await plannedTask(at.store);
    const attempts = await dispatchReady({ ...at.world, only: own.ideaId });
    expect(attempts.map(({ taskId }) => taskId)).toEqual([own.id]);
  });

  test("[RUN-11] limits of attempts at once hold over all and in a repository", async () => {
    await using at = await scene({ settings: await defaultSettings({ max_parallel: 3 }) });
    const profile = { ...PROFILE, maxParallel: 2 };
    const world = { ...at.world, profileAt: () => Promise.resolve(ok(profile)) };
    for (const repository of ["/one", "/one", "/one", "/two", "/two"]) {
      await plannedTask(at.store, { repository });
      at.clock.advance(1);
    }
    const attempts = await dispatchReady(world);
    expect(attempts.map(({ order }) => order.repository)).toEqual(["/one", "/one", "/two"]);
  });

  test("[MOD-3] a wrong profile fails the task with what is wrong; a repository that cannot be read now only waits", async () => {
    const wrong: Failure = {
      code: "config_invalid",
      message: "profile.yaml:1:1",
      cause: "no",
      hint: "",
      retry: "never",
    };
    const away: Failure = { ...wrong, code: "not_found" };
    await using at = await scene({ profileAt: () => Promise.resolve(fail(wrong)) });
    const task = await plannedTask(at.store);
    const unread = { ...at.world, repository: { resolve: () => Promise.resolve(fail(away)) } };
    expect(await dispatchReady(unread)).toEqual([]);
    expect(await dispatchReady({ ...at.world, profileAt: () => Promise.resolve(fail(away)) })).toEqual([]);
    expect(await state(at, task)).toMatchObject({ state: "ready" });
    expect(await dispatchReady(at.world)).toEqual([]);
    expect(await state(at, task)).toMatchObject({
      state: "failed",
      reason: "INVALID_PROFILE",
      detail: "profile.yaml:1:1 no",
    });
  });

  test("[RUN-11] what policy or the surroundings refuse is not claimed", async () => {
    await using at = await scene();
    const task = await plannedTask(at.store);
    const missing = { ready: false, fix: "Install it." };
    const surroundings = { sandbox: missing, agent: { ready: true, fix: "" }, key: { ready: true, fix: "" } };
    expect(await dispatchReady({ ...at.world, surroundings: () => Promise.resolve(surroundings) })).toEqual([]);
    const denied = { decision: "unknown", rules: ["freeze"], at: task.createdAt } as const;
    expect(await dispatchReady({ ...at.world, judge: () => Promise.resolve(denied) })).toEqual([]);
    expect(await count(at.store, "attempt.queued")).toBe(0);
    expect(await dispatchReady(at.world)).toHaveLength(1);
  });

  test("[OPS-5] two dispatchers at once claim every task once", async () => {
    await using at = await scene();
    await using second = await open({ clock: at.clock });
    const tasks: Task[] = [];
    for (let n = 0; n < 6; n += 1) tasks.push(await plannedTask(at.store));
    const worlds = [at.store, second].map((store) => ({ ...at.world, store }));
    const claimed = (await Promise.all(worlds.map((world) => dispatchReady(world)))).flat();
    expect(claimed.map(({ taskId }) => taskId).toSorted()).toEqual(tasks.map(({ id }) => id).toSorted());
    expect(await count(at.store, "attempt.queued")).toBe(6);
  });

  test("[RUN-11] the same failure on three tasks opens a breaker, and one canary goes first", async () => {
    await using at = await scene();
    const failing = async (): Promise<void> => {
      await plannedTask(at.store);
      const attempt = await only(at.world);
      await run(at, attempt);
      await ended(at.store, attempt, { ...ending("failed", "SETUP_FAILED"), ...REACHED });
    };
    for (let n = 0; n < 3; n += 1) await failing();
    await plannedTask(at.store);
    await plannedTask(at.store);
    expect(await dispatchReady(at.world)).toEqual([]);
    at.clock.advance(15 * 60_000);
    const canary = await only(at.world);
    expect(await dispatchReady(at.world)).toEqual([]);
    await run(at, canary);
    await ended(at.store, canary, { ...ending("succeeded"), ...REACHED });
    expect(await dispatchReady(at.world)).toHaveLength(1);
  });

  test("[OPS-5] the sweep ends what nobody carries on before it stops what may still run of it", async () => {
    await using at = await scene();
    const task = await plannedTask(at.store);
    const attempt = await only(at.world);
    await run(at, attempt);
    const stopped: string[] = [];
    const engine = {
      stop: async (holder: string) => {
        stopped.push(`${holder} ${(await state(at, task)).state}`);
        return ok(0);
      },
    };
    const sweep = (isDead: boolean) => sweepLost({ store: at.store, engine, isDead: () => isDead });
    expect(await sweep(false)).toEqual([]);
    expect(await sweep(true)).toHaveLength(1);
    expect(stopped).toEqual([`${RUNNER} ready`]);
    expect(await only(at.world)).toMatchObject({ number: 2, fence: 2 });
  });
});
