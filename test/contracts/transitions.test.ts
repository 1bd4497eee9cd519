/** No act makes an illegal move: random acts in any order, then the log and the rows are held to the tables. */
import { expect, test } from "vitest";
import { fixedClock } from "../../src/kit/clock.ts";
import { stringAt } from "../../src/kit/json.ts";
import { seededRandom, type Random } from "../../src/kit/random.ts";
import { ATTEMPT_FAILURES, isAttemptFailureCode } from "../../src/model/attempt-failure.ts";
import { ATTEMPT_OUTCOMES, type Attempt } from "../../src/model/attempt.ts";
import { ATTEMPT_TRANSITIONS } from "../../src/model/attempt-transitions.ts";
import { IDEA_STATES, type Idea } from "../../src/model/idea.ts";
import { IDEA_TRANSITIONS } from "../../src/model/idea-transitions.ts";
import type { Event } from "../../src/model/event.ts";
import { TASK_SIGNALS, type TaskSignal } from "../../src/model/task-signal.ts";
import { TASK_STATES, type Task } from "../../src/model/task.ts";
import { TASK_TRANSITIONS } from "../../src/model/task-transitions.ts";
import { mayMove, type Transitions } from "../../src/model/transitions.ts";
import { beatAttempt } from "../../src/store/attempts/beat-attempt.ts";
import { endAttempt } from "../../src/store/attempts/end-attempt.ts";
import { listAttempts } from "../../src/store/attempts/list-attempts.ts";
import { placeAttempt } from "../../src/store/attempts/place-attempt.ts";
import { startAttempt } from "../../src/store/attempts/start-attempt.ts";
import { stopAttempt } from "../../src/store/attempts/stop-attempt.ts";
import { sweepAttempts } from "../../src/store/attempts/sweep-attempts.ts";
import { verifyAttempt } from "../../src/store/attempts/verify-attempt.ts";
import { changeIdea } from "../../src/store/ideas/change-idea.ts";
import type { Store, Tx } from "../../src/store/store.ts";
import { changeTask } from "../../src/store/tasks/change-task.ts";
import { listTasks } from "../../src/store/tasks/list-tasks.ts";
import { signalTask } from "../../src/store/tasks/signal-task.ts";
import { claimed, ending, ideaNow, plannedIdea, RUNNER, STAMP } from "../fakes/delivery.ts";
import { loggedEvents } from "../fakes/logged-events.ts";
import { storeSuite, SUITE_START } from "./store-harness.ts";

const WALKS = 6;
const STEPS = 120;
const CODES = Object.keys(ATTEMPT_FAILURES).filter(isAttemptFailureCode);
const SIGNALS = Object.keys(TASK_SIGNALS).filter((name): name is TaskSignal => name in TASK_SIGNALS);

interface Rows {
  readonly idea: Idea;
  readonly tasks: readonly Task[];
  readonly attempts: readonly Attempt[];
}

async function rowsOf(store: Store, id: Idea["id"]): Promise<Rows> {
  return await store.read(async (reader) => ({
    idea: await ideaNow(reader, id),
    tasks: await listTasks(reader, id),
    attempts: await listAttempts(reader, { ideaId: id, limit: 500 }),
  }));
}

function one<T>(random: Random, list: readonly T[]): T {
  const item = list[Math.floor(random() * list.length)];
  if (item === undefined) throw new Error("nothing to choose from");
  return item;
}

/** Any act on anything, sensible or not. */
async function step(tx: Tx, { idea, tasks, attempts }: Rows, random: Random): Promise<unknown> {
  const task = one(random, tasks);
  const roll = random();
  if (attempts.length === 0 || roll < 0.25) return await claimed(tx, task);
  // Mostly the attempt at hand, now and then an old one or an old fence.
  const attempt = random() < 0.8 ? (attempts[0] ?? one(random, attempts)) : one(random, attempts);
  const claim = { id: attempt.id, fence: attempt.fence - (random() < 0.1 ? 1 : 0) };
  const code = one(random, CODES);
  if (roll < 0.45) return await startAttempt(tx, { ...claim, holder: RUNNER, leaseMs: 60_000, deadlineMs: 90_000 });
  if (roll < 0.5) return await placeAttempt(tx, { ...claim, holder: RUNNER, leaseMs: 60_000 });
  if (roll < 0.55) return await beatAttempt(tx, claim, { leaseMs: 60_000, turns: 1, toolCalls: 1, sessionId: null });
  if (roll < 0.62) return await verifyAttempt(tx, claim);
  if (roll < 0.75) return await endAttempt(tx, claim, ending(one(random, ATTEMPT_OUTCOMES), code));
  if (roll < 0.78) return await stopAttempt(tx, attempt.id, { wish: one(random, ["safe", "now"]), code });
  if (roll < 0.83) return await sweepAttempts(tx, () => random() < 0.5);
  if (roll < 0.9) return await signalTask(tx, task.id, one(random, SIGNALS));
  if (roll < 0.95)
    return await changeTask(tx, task.id, {
      to: one(
        random,
        TASK_STATES.filter((state) => state !== "claimed"),
      ),
    });
  return await changeIdea(tx, idea.id, { to: one(random, [...IDEA_STATES, "before"] as const) });
}

/** The moves that the log tells of one thing, from its first state on: each legal, each from where the last one led. */
function lastState(moves: Transitions<string>, events: readonly Event[], first: string): string {
  let state = first;
  for (const { payload } of events) {
    const to = stringAt(payload, "to") ?? "nothing";
    expect(stringAt(payload, "from")).toBe(state);
    expect(moves[state], `${state} → ${to}`).toContain(to);
    state = to;
  }
  return state;
}

storeSuite("transitions", (open) => {
  for (let seed = 1; seed <= WALKS; seed += 1) {
    test(`[OPS-5] whatever acts come in whatever order, every move is a legal one and no task is left behind (walk ${seed})`, async () => {
      const clock = fixedClock(SUITE_START);
      await using store = await open({ clock });
      const random = seededRandom(seed);
      const needs = [{ needs: [] }, { needs: [] }, { needs: [0] }];
      const { idea } = await store.write(STAMP, (tx) => plannedIdea(tx, {}, needs));
      let before = await rowsOf(store, idea.id);
      for (let at = 0; at < STEPS; at += 1) {
        clock.advance(Math.floor(random() * 40_000));
        const rows = before;
        // The chance of a step is drawn anew for each try of the transaction, so no try may differ from the first.
        const chance = seededRandom(seed * 1_000 + at);
        await store.write(STAMP, (tx) => step(tx, rows, chance));
        const after = await rowsOf(store, idea.id);
        for (const attempt of after.attempts) {
          const old = before.attempts.find(({ id }) => id === attempt.id);
          if (old !== undefined) expect(mayMove(ATTEMPT_TRANSITIONS, old.state, attempt.state)).toBe(true);
        }
        holdsTogether(after);
        before = after;
      }
      const events = await loggedEvents(store);
      const of = (type: string, key: string): readonly Event[] =>
        events.filter((event) => event.type === type && event.key === key);
      expect(lastState(IDEA_TRANSITIONS, of("idea.changed", idea.id), "registered")).toBe(before.idea.state);
      for (const task of before.tasks) {
        const first = task.number === 3 ? "pending" : "ready";
        expect(lastState(TASK_TRANSITIONS, of("task.changed", task.id), first)).toBe(task.state);
      }
      expect(before.attempts.length).toBeGreaterThan(0);
    });
  }
});

/** A task is in hand exactly while an attempt of its own fence is open, unless somebody took it out of its hands. */
function holdsTogether({ tasks, attempts }: Rows): void {
  for (const task of tasks) {
    const open = attempts.filter(({ taskId, state }) => taskId === task.id && state !== "ended");
    expect(open.length).toBeLessThanOrEqual(1);
    if (task.state === "claimed" || task.state === "running")
      expect(open.map(({ fence }) => fence)).toEqual([task.fence]);
  }
}
