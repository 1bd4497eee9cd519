/**
 * Carries all ideas of a store to their end as server and runner in one, with the acts that both use: one step, one word
 * on stdout, and then it waits until stdin says that it may go on. Whoever starts it may kill it after any word.
 */
import { createInterface } from "node:readline";
import { isDead, ownHolder } from "../../../src/adapters/process/processes.ts";
import { systemClock } from "../../../src/kit/clock.ts";
import { ok } from "../../../src/kit/result.ts";
import { dispatchReady } from "../../../src/loop/dispatch/dispatch-ready.ts";
import { sweepLost } from "../../../src/loop/dispatch/sweep-lost.ts";
import type { Attempt } from "../../../src/model/attempt.ts";
import { endAttempt } from "../../../src/store/attempts/end-attempt.ts";
import { openAttempts } from "../../../src/store/attempts/open-attempts.ts";
import { placeAttempt } from "../../../src/store/attempts/place-attempt.ts";
import { startAttempt } from "../../../src/store/attempts/start-attempt.ts";
import { verifyAttempt } from "../../../src/store/attempts/verify-attempt.ts";
import { listIdeas } from "../../../src/store/ideas/list-ideas.ts";
import type { Store, Tx } from "../../../src/store/store.ts";
import { changeTask } from "../../../src/store/tasks/change-task.ts";
import { listTasks } from "../../../src/store/tasks/list-tasks.ts";
import { defaultSettings } from "../../fakes/default-settings.ts";
import { DEADLINE_MS, ending, LEASE_MS } from "../../fakes/delivery.ts";
import { dispatchWorld } from "../../fakes/dispatch-world.ts";
import { openShared, type Shared } from "../jobs/open-shared.ts";

const STAMP = { actor: "carrier" };
// The order is our own test's.
const { shared } = JSON.parse(process.argv[2] ?? "") as { readonly shared: Shared };
await using store = await openShared(shared);
const answers = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const holder = ownHolder();
const world = await dispatchWorld(store, systemClock, { settings: await defaultSettings({ max_parallel: 1 }) });

async function say(word: string): Promise<void> {
  process.stdout.write(`${word}\n`);
  await answers.next();
}

/** One step of one attempt; the word is said after its commit. */
async function step<T>(word: string, act: (tx: Tx) => Promise<T>): Promise<T> {
  const result = await store.write(STAMP, act);
  await say(word);
  return result;
}

async function carry({ id, fence, holder: placed }: Attempt): Promise<void> {
  const claim = { id, fence };
  if (placed === null) await step("placed", (tx) => placeAttempt(tx, { ...claim, holder, leaseMs: LEASE_MS }));
  await step("started", (tx) => startAttempt(tx, { ...claim, holder, leaseMs: LEASE_MS, deadlineMs: DEADLINE_MS }));
  await step("verifying", (tx) => verifyAttempt(tx, claim));
  await step("ended", (tx) => endAttempt(tx, claim, ending("succeeded")));
}

/** What integration does with a verified task. */
async function integrate(from: Store): Promise<void> {
  for (const idea of await from.read((reader) => listIdeas(reader, { limit: 100 })))
    for (const task of await from.read((reader) => listTasks(reader, idea.id)))
      if (task.state === "verifying")
        await step("done", (tx) => changeTask(tx, task.id, { to: "done", fence: task.fence }));
}

for (;;) {
  await sweepLost({ store, engine: { stop: () => Promise.resolve(ok(0)) }, isDead });
  await integrate(store);
  if ((await dispatchReady(world)).length > 0) await say("queued");
  const open = await store.read(openAttempts);
  if (open.length === 0) break;
  for (const attempt of open) await carry(attempt);
}
process.exit(0);
