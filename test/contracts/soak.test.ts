/** A thousand ticks against agents that vary what they do for as long as they are let: clock simulated, store real. */
import { expect, test } from "vitest";
import { fixedClock } from "../../src/kit/clock.ts";
import { ok } from "../../src/kit/result.ts";
import { seededRandom, type Random } from "../../src/kit/random.ts";
import { sha256 } from "../../src/kit/hash.ts";
import { dispatchStage } from "../../src/loop/dispatch/dispatch.ts";
import type { DispatchWorld } from "../../src/loop/dispatch/dispatch-world.ts";
import { planStage } from "../../src/loop/plan/plan.ts";
import { dispatchReady } from "../../src/loop/dispatch/dispatch-ready.ts";
import { sweepLost } from "../../src/loop/dispatch/sweep-lost.ts";
import { ATTEMPT_FAILURES, isAttemptFailureCode, type AttemptFailureCode } from "../../src/model/attempt-failure.ts";
import { capScopeOf } from "../../src/model/cap.ts";
import type { Position } from "../../src/model/event.ts";
import { idOf, type TaskId } from "../../src/model/ids.ts";
import { TASK_SIGNALS, type TaskSignal } from "../../src/model/task-signal.ts";
import { endAttempt } from "../../src/store/attempts/end-attempt.ts";
import { listAttempts } from "../../src/store/attempts/list-attempts.ts";
import { openAttempts } from "../../src/store/attempts/open-attempts.ts";
import { startAttempt } from "../../src/store/attempts/start-attempt.ts";
import { verifyAttempt } from "../../src/store/attempts/verify-attempt.ts";
import { listCaps } from "../../src/store/caps/list-caps.ts";
import { readEvents } from "../../src/store/events/read-events.ts";
import { registerIdea } from "../../src/store/ideas/register-idea.ts";
import type { Store } from "../../src/store/store.ts";
import { changeTask } from "../../src/store/tasks/change-task.ts";
import { listTasks } from "../../src/store/tasks/list-tasks.ts";
import { signalTask } from "../../src/store/tasks/signal-task.ts";
import { DEADLINE_MS, ideaWish, LEASE_MS, RUNNER, STAMP, text } from "../fakes/delivery.ts";
import { dispatchWorld } from "../fakes/dispatch-world.ts";
import { storeSuite, SUITE_START } from "./store-harness.ts";

const TICKS = 1_000;
const TICK_MS = 60_000;
const CODES = Object.keys(ATTEMPT_FAILURES).filter(isAttemptFailureCode);
const OWN = Object.keys(TASK_SIGNALS).filter((name): name is TaskSignal => TASK_SIGNALS[name as TaskSignal] === "own");

/** How an attempt of this tick ends; `die`: its runner goes without a word. */
type Act = AttemptFailureCode | "succeed" | "die";

interface Adversary {
  /** What becomes of an attempt; the change behind it is another one every time. */
  readonly act: (random: Random) => Act;
  /** What happens to the task every tick. */
  readonly signals: readonly TaskSignal[];
}

interface Soaked {
  /** As the ledger counts them. */
  readonly sessions: number;
  readonly attempts: number;
  /** In what state and why the task stands at the end. */
  readonly task: string;
}

async function soak(store: Store, clock: ReturnType<typeof fixedClock>, adversary: Adversary): Promise<Soaked> {
  const random = seededRandom(4);
  // Somebody else's commits move the target branch all the time, so that no two attempts start from one head.
  const repository = { resolve: () => Promise.resolve(ok(sha256(String(clock.now())).slice(0, 40))) };
  const world = await dispatchWorld(store, clock, { repository });
  const idea = await store.write(STAMP, (tx) => registerIdea(tx, ideaWish()));
  let read: Position | undefined;
  for (let tick = 0; tick < TICKS; tick += 1) {
    clock.advance(TICK_MS);
    read = await wakeStages(world, read);
    await dispatchReady(world);
    await play(store, adversary, random);
    const dead = new Set<string>([RUNNER]);
    await sweepLost({ store, engine: { stop: async () => ok(0) }, isDead: (holder) => dead.has(holder) });
    for (const task of await store.read((reader) => listTasks(reader, idea.id)))
      await disturb(store, task.id, adversary);
  }
  const [task] = await store.read((reader) => listTasks(reader, idea.id));
  if (task === undefined) throw new Error("the idea has no task");
  const caps = await store.read((reader) => listCaps(reader, [capScopeOf.task(task.id)]));
  const attempts = await store.read((reader) => listAttempts(reader, { taskId: task.id, limit: TICKS }));
  return {
    sessions: caps[0]?.spent ?? 0,
    attempts: attempts.length,
    task: `${task.state} ${task.reason ?? ""}`.trim(),
  };
}

/** Every event since wakes its stages once, as jobs would. */
async function wakeStages(world: DispatchWorld, after: Position | undefined): Promise<Position | undefined> {
  let last = after;
  for (;;) {
    const where = last === undefined ? { limit: 100 } : { after: last, limit: 100 };
    const events = await world.store.read((reader) => readEvents(reader, where));
    for (const event of events)
      for (const stage of [planStage, dispatchStage])
        if (stage.wakesOn.includes(event.type)) await stage.handle(event, world);
    last = events.at(-1)?.position ?? last;
    if (events.length < 100) return last;
  }
}

/** A fake engine: what is queued runs and ends within the tick, each with another change. */
async function play(store: Store, { act }: Adversary, random: Random): Promise<void> {
  for (const { id, fence, number, taskId } of await store.read(openAttempts)) {
    const claim = { id, fence };
    const wish = { ...claim, holder: RUNNER, leaseMs: LEASE_MS, deadlineMs: DEADLINE_MS };
    await store.write(STAMP, (tx) => startAttempt(tx, wish));
    const what = act(random);
    if (what === "die") continue;
    await store.write(STAMP, (tx) => verifyAttempt(tx, claim));
    const failure = what === "succeed" ? null : { code: what, detail: text(`another way, ${random()}`) };
    const told = {
      head: sha256(`${id}`).slice(0, 40),
      sessionId: idOf.session(`s${number}-${id}`),
      turns: 8,
      toolCalls: 50,
    };
    const outcome = failure === null ? "succeeded" : "failed";
    await store.write(STAMP, (tx) => endAttempt(tx, claim, { outcome, failure, ...told }));
    // What looks like a success is not taken by policy either.
    if (failure === null)
      await store.write(STAMP, (tx) => changeTask(tx, taskId, { to: "parked", reason: "POLICY_DENIED", fence }));
  }
}

async function disturb(store: Store, id: TaskId, { signals }: Adversary): Promise<void> {
  for (const signal of signals) await store.write(STAMP, (tx) => signalTask(tx, id, signal));
}

const TERMINAL = CODES.filter((code) => ATTEMPT_FAILURES[code].retry === "terminal");
const any = (random: Random): Act => {
  const acts: readonly Act[] = [...TERMINAL, "succeed", "die"];
  return acts[Math.floor(random() * acts.length)] ?? "die";
};

storeSuite("soak", (open) => {
  async function soaked(adversary: Adversary): Promise<Soaked> {
    const clock = fixedClock(SUITE_START);
    await using store = await open({ clock });
    return await soak(store, clock, adversary);
  }

  test("[OPS-4] an agent that varies its work for 1,000 ticks gets one session while nobody outside speaks", async () => {
    const end = await soaked({ act: any, signals: OWN });
    expect(end.sessions).toBe(1);
    expect(end.attempts).toBeLessThanOrEqual(3);
    expect(end.task).toMatch(/^(parked|failed) /);
  });

  test("[OPS-4] with somebody outside who wakes it every tick it gets three sessions and is parked", async () => {
    const end = await soaked({ act: any, signals: [...OWN, "foreign_comment"] });
    expect(end).toMatchObject({ sessions: 3, task: "parked CAP_SESSIONS" });
    expect(end.attempts).toBeLessThanOrEqual(3 + 3);
  });

  test("[OPS-4] an agent that kills its runner every time is parked after three", async () => {
    expect(await soaked({ act: () => "die", signals: OWN })).toEqual({
      sessions: 0,
      attempts: 3,
      task: "parked RUNNER_LOST",
    });
  });

  test("[OPS-4] a provider that refuses for 1,000 minutes is asked now and then, and no session is used up", async () => {
    const end = await soaked({ act: () => "PROVIDER_QUOTA", signals: OWN });
    expect(end).toMatchObject({ sessions: 0, task: "ready PROVIDER_QUOTA" });
    expect(end.attempts).toBeLessThanOrEqual(3 + Math.ceil(TICKS / 60) + 1);
    expect(end.attempts).toBeGreaterThan(10);
  });
});
