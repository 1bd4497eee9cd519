import { expect, test } from "vitest";
import { fixedClock } from "../../src/kit/clock.ts";
import { idOf, type TaskId } from "../../src/model/ids.ts";
import type { Task } from "../../src/model/task.ts";
import { TASK_SIGNALS, type TaskSignal } from "../../src/model/task-signal.ts";
import { instantOf } from "../../src/model/time.ts";
import { putPlan } from "../../src/store/plans/put-plan.ts";
import type { Store } from "../../src/store/store.ts";
import { changeTask, type TaskChange } from "../../src/store/tasks/change-task.ts";
import { findTaskIds } from "../../src/store/tasks/find-task-ids.ts";
import { getTask } from "../../src/store/tasks/get-task.ts";
import { listParkedTasks } from "../../src/store/tasks/list-parked-tasks.ts";
import { listReadyTasks } from "../../src/store/tasks/list-ready-tasks.ts";
import { listTasks } from "../../src/store/tasks/list-tasks.ts";
import { signalTask } from "../../src/store/tasks/signal-task.ts";
import {
  ended,
  ending,
  ideaNow,
  plannedIdea,
  plannedTask,
  queuedAttempt,
  runningAttempt,
  STAMP,
  taskNow,
  text,
} from "../fakes/delivery.ts";
import { loggedEvents } from "../fakes/logged-events.ts";
import { storeSuite, SUITE_START } from "./store-harness.ts";

async function change(store: Store, id: TaskId, wish: TaskChange): Promise<string | null> {
  const task = await store.write(STAMP, (tx) => changeTask(tx, id, wish));
  return task?.state ?? null;
}

/** Brings a ready task to `done` through an attempt that succeeds. */
async function finish(store: Store, task: Task): Promise<void> {
  await ended(store, await runningAttempt(store, task), ending("succeeded"));
  await change(store, task.id, { to: "done" });
}

storeSuite("tasks", (open) => {
  test("[JOB-4] an idea has one plan, whoever plans it again", async () => {
    await using store = await open();
    const task = await plannedTask(store);
    expect(task).toMatchObject({
      number: 1,
      state: "ready",
      fence: 0,
      head: null,
      brief: expect.stringContaining("Say hello"),
    });
    const again = { ideaId: task.ideaId, source: "spec", hash: "2", tasks: [] } as const;
    expect(await store.write(STAMP, (tx) => putPlan(tx, again))).toBeNull();
    expect(await store.read((reader) => listTasks(reader, task.ideaId))).toEqual([task]);
    const events = await loggedEvents(store);
    expect(events.filter((event) => event.type === "plan.ready").map((event) => [event.key, event.payload])).toEqual([
      [task.ideaId, { plan: task.planId, tasks: 1, source: "spec" }],
    ]);
  });

  test("[RUN-11] a task becomes ready when the last it waits for is done", async () => {
    await using store = await open();
    const needs = [{ needs: [] }, { needs: [] }, { needs: [0, 1] }, { needs: [2] }];
    const { idea, tasks } = await store.write(STAMP, (tx) => plannedIdea(tx, {}, needs));
    const states = async (): Promise<readonly string[]> =>
      (await store.read((reader) => listTasks(reader, idea.id))).map((task) => task.state);
    const [first, second] = tasks;
    if (first === undefined || second === undefined) throw new Error("the plan has four tasks");
    expect(await states()).toEqual(["ready", "ready", "pending", "pending"]);
    await finish(store, first);
    expect(await states()).toEqual(["done", "ready", "pending", "pending"]);
    await finish(store, second);
    expect(await states()).toEqual(["done", "done", "ready", "pending"]);
  });

  test("[RUN-11] ready tasks come from the oldest, of one idea or of all, with those that have to wait", async () => {
    const clock = fixedClock(SUITE_START);
    await using store = await open({ clock });
    const first = await plannedTask(store);
    clock.advance(1);
    const second = await plannedTask(store);
    await ended(store, await runningAttempt(store, first), ending("failed", "PROVIDER_QUOTA"));
    const ready = await store.read((reader) => listReadyTasks(reader, { only: null, limit: 5 }));
    expect(ready.map((task) => task.id)).toEqual([first.id, second.id]);
    expect(ready[0]?.notBefore).toBe(instantOf(SUITE_START + 1 + 60_000));
    const own = await store.read((reader) => listReadyTasks(reader, { only: second.ideaId, limit: 5 }));
    expect(own.map((task) => task.id)).toEqual([second.id]);
    expect(await store.read((reader) => listReadyTasks(reader, { only: null, limit: 1 }))).toHaveLength(1);
    expect(await store.read((reader) => findTaskIds(reader, { start: first.id, limit: 5 }))).toEqual([first.id]);
    expect(await store.read((reader) => getTask(reader, idOf.task("none")))).toBeNull();
  });

  test("[RUN-11] a change names the fence it judged, and one that is old changes nothing", async () => {
    await using store = await open();
    const task = await plannedTask(store);
    const attempt = await runningAttempt(store, task);
    await ended(store, attempt, ending("succeeded"));
    const old = { to: "done", fence: attempt.fence - 1 } as const;
    expect(await change(store, task.id, old)).toBeNull();
    expect(await store.read((reader) => taskNow(reader, task.id))).toMatchObject({ state: "verifying" });
    expect(await change(store, task.id, { to: "done", fence: attempt.fence })).toBe("done");
    expect(await change(store, task.id, { to: "ready" })).toBeNull();
    expect(await change(store, idOf.task("none"), { to: "done" })).toBeNull();
  });

  test("[RUN-11] a reason may change where the task stays, and its pause stays with it", async () => {
    await using store = await open();
    const task = await plannedTask(store);
    await ended(store, await runningAttempt(store, task), ending("failed", "PROVIDER_QUOTA"));
    const before = await store.read((reader) => taskNow(reader, task.id));
    expect(await change(store, task.id, { to: "ready", reason: "seen", detail: text("looked at") })).toBe("ready");
    const after = await store.read((reader) => taskNow(reader, task.id));
    expect(after).toEqual({ ...before, reason: "seen", detail: "looked at" });
  });

  const outside = Object.keys(TASK_SIGNALS).filter((name): name is TaskSignal => name in TASK_SIGNALS);
  for (const signal of outside) {
    const counts = TASK_SIGNALS[signal] !== "own";
    test(`[RUN-11] ${signal} ${counts ? "lifts a park" : "never counts: it is our own doing"}`, async () => {
      const clock = fixedClock(SUITE_START);
      await using store = await open({ clock });
      const task = await plannedTask(store);
      await ended(store, await runningAttempt(store, task), ending("failed", "SECRET_PATTERN_DETECTED"));
      const parked = await store.read((reader) => taskNow(reader, task.id));
      expect(parked.state).toBe("parked");
      clock.advance(60_000);
      const answer = await store.write(STAMP, (tx) => signalTask(tx, task.id, signal));
      expect(answer).toBe(counts ? "lifted" : "ignored");
      const after = await store.read((reader) => taskNow(reader, task.id));
      if (!counts) return expect(after).toEqual(parked);
      expect(after).toMatchObject({ state: "ready", reason: signal, detail: null });
      expect(after.signalAt).toBe(instantOf(SUITE_START + 60_000));
      const idea = await store.read((reader) => ideaNow(reader, task.ideaId));
      expect(idea.state).toBe("running_tasks");
    });
  }

  test("[RUN-5] a cap's park is lifted by a person alone, however much others talk", async () => {
    await using store = await open();
    const task = await plannedTask(store);
    await ended(store, await runningAttempt(store, task), ending("capped", "CAP_TOKENS"));
    const signalled = (signal: TaskSignal) => store.write(STAMP, (tx) => signalTask(tx, task.id, signal));
    expect(await signalled("foreign_comment")).toBe("noted");
    expect(await store.read((reader) => taskNow(reader, task.id))).toMatchObject({ state: "parked" });
    expect(await signalled("extended")).toBe("lifted");
  });

  test("[RUN-11] a signal is noted while a task runs, ends a pause, and comes too late for what is done", async () => {
    const clock = fixedClock(SUITE_START);
    await using store = await open({ clock });
    const task = await plannedTask(store);
    const signalled = () => store.write(STAMP, (tx) => signalTask(tx, task.id, "resumed"));
    const attempt = await runningAttempt(store, task);
    clock.advance(1_000);
    expect(await signalled()).toBe("noted");
    expect(await store.read((reader) => taskNow(reader, task.id))).toMatchObject({
      state: "running",
      signalAt: instantOf(SUITE_START + 1_000),
    });
    await ended(store, attempt, ending("failed", "PROVIDER_QUOTA"));
    expect(await signalled()).toBe("noted");
    expect(await store.read((reader) => taskNow(reader, task.id))).toMatchObject({ state: "ready", notBefore: null });
    await finish(store, task);
    expect(await signalled()).toBe("ignored");
  });

  test("[RUN-5] parked tasks are found by how their reason begins", async () => {
    await using store = await open();
    const capped = await plannedTask(store);
    await ended(store, await runningAttempt(store, capped), ending("capped", "CAP_TURNS"));
    const stopped = await plannedTask(store);
    await ended(store, await queuedAttempt(store, stopped), ending("cancelled", "KILL_SWITCH_ACTIVE"));
    const parked = await store.read((reader) => listParkedTasks(reader, { reason: "CAP_" }));
    expect(parked.map((task) => task.id)).toEqual([capped.id]);
    expect(await store.read((reader) => listParkedTasks(reader, { reason: "" }))).toHaveLength(2);
  });
});
