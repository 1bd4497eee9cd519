import { join } from "node:path";
import { expect, test } from "vitest";
import { openSqlite } from "../../../src/adapters/sqlite/open-sqlite.ts";
import { fixedClock, systemClock } from "../../../src/kit/clock.ts";
import { systemRandom } from "../../../src/kit/random.ts";
import { recordingHome } from "../../../test/fakes/recording-home.ts";
import { bareSqliteQueue } from "./bare-sqlite-queue.ts";
import { type Contestant, drainInLoops, jobsPerSecond } from "./contestant.ts";
import { ownQueue } from "./own-queue.ts";

const now = (): Promise<void> => Promise.resolve();

test("[SPD-1] the clock runs while jobs are worked off, not while they are queued", async () => {
  const clock = fixedClock(0);
  let left = 0;
  const queue: Contestant = {
    name: "fake",
    enqueue: async (count) => {
      left = count;
      clock.advance(60_000);
    },
    drain: () =>
      drainInLoops(clock, async () => {
        if (left === 0) return false;
        left -= 1;
        clock.advance(2);
        return true;
      }),
    [Symbol.asyncDispose]: now,
  };
  expect(await jobsPerSecond(queue, { jobs: 100, clock, settle: now })).toBe(500);
});

test("[SPD-1] a queue that leaves a job behind gets no figure", async () => {
  const drain = (): Promise<{ completed: number; milliseconds: number }> =>
    Promise.resolve({ completed: 9, milliseconds: 1 });
  const queue: Contestant = { name: "fake", enqueue: now, drain, [Symbol.asyncDispose]: now };
  const race = { jobs: 10, clock: fixedClock(0), settle: now };
  await expect(jobsPerSecond(queue, race)).rejects.toThrow("fake completed 9 of 10 jobs.");
});

test("[SPD-1] our queue and the bare one work off every job, again and again", async () => {
  await using home = await recordingHome();
  const opened = await openSqlite({ path: home.at("store/store.db"), clock: systemClock, random: systemRandom });
  if (!opened.ok) throw new Error(opened.failure.message);
  await using ours = ownQueue(opened.value);
  await using bare = bareSqliteQueue(join(home.path, "bare.db"));
  const race = { jobs: 30, clock: systemClock, settle: now };
  for (const queue of [ours, bare, ours, bare]) expect(await jobsPerSecond(queue, race)).toBeGreaterThan(0);
  const states = await opened.value.read((reader) => reader.db.selectFrom("jobs").select("state").execute());
  expect(states).toEqual(Array.from({ length: 60 }, () => ({ state: "succeeded" })));
});
