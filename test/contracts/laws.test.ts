/** The laws of the core that the store, the guards and the shape of a stage keep. */
import { sql } from "kysely";
import { expect, test } from "vitest";
import type { Event } from "../../src/model/event.ts";
import type { Handled } from "../../src/model/handled.ts";
import { instantOf } from "../../src/model/time.ts";
import type { Stage } from "../../src/ports/stage.ts";
import { appendEvent, type Fact } from "../../src/store/events/append-event.ts";
import { readEvents } from "../../src/store/events/read-events.ts";
import { enqueueJob } from "../../src/store/jobs/enqueue-jobs.ts";
import { turnEventsIntoJobs } from "../../src/store/jobs/turn-events-into-jobs.ts";
import type { Stamp, Store, Tx } from "../../src/store/store.ts";
import { appendMany } from "./events-fixture.ts";
import { storeSuite, SUITE_START } from "./store-harness.ts";

const STAMP = { actor: "test" };

/** A stage over the smallest world there is. */
const GREETER: Stage<{ readonly names: string[] }> = {
  name: "greet",
  wakesOn: ["signals.computed"],
  handle: async (event: Event, world): Promise<Handled> => {
    world.names.push(event.key);
    return { kind: "done" };
  },
};
const COUNTER: Stage<unknown> = {
  name: "count",
  wakesOn: ["signals.computed", "daily.finished"],
  handle: async () => ({ kind: "again", at: instantOf(SUITE_START) }),
};

async function jobsOf(store: Store): Promise<readonly { queue: string; key: string }[]> {
  return await store.read((reader) =>
    reader.db.selectFrom("jobs").select(["queue", "key"]).orderBy("queue").orderBy("id").execute(),
  );
}

/** Asks Postgres until a transaction waits for `tx`. */
async function someoneWaitsFor(tx: Tx, store: Store): Promise<void> {
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx.db);
  const pid = rows[0]?.pid ?? 0;
  for (let waiting = 0; waiting === 0;) {
    const asked = await store.read((reader) =>
      sql<{ n: number }>`select count(*) as n from pg_stat_activity where ${pid} = any(pg_blocking_pids(pid))`.execute(
        reader.db,
      ),
    );
    waiting = asked.rows[0]?.n ?? 0;
  }
}

test("[STO-7] law 1: a stage is a name, what wakes it, and a handler that answers done, again or failure", async () => {
  const shape: { [Part in keyof Stage<unknown>]: true } = { name: true, wakesOn: true, handle: true };
  expect(Object.keys(GREETER).toSorted()).toEqual(Object.keys(shape).toSorted());
  const answers: { [Kind in Handled["kind"]]: true } = { done: true, again: true, failure: true };
  expect(Object.keys(answers)).toHaveLength(3);
  // @ts-expect-error a handler cannot answer with nothing: whoever claimed the job would not know how to end it
  const silent: Stage<unknown> = { name: "silent", wakesOn: [], handle: async () => undefined };
  expect(silent.name).toBe("silent");
});

storeSuite("the laws of the core", (open) => {
  test("[STO-7] law 2: an act cannot begin, nest or commit, and what acts do in one write stands or falls together", async () => {
    await using store = await open();
    const nested = store.write(STAMP, async (tx) => {
      await enqueueJob(tx, { queue: "q", key: "a" });
      await appendEvent(tx, { type: "daily.finished", key: "a" });
      await store.write(STAMP, async (inner) => enqueueJob(inner, { queue: "q", key: "b" }));
    });
    await expect(nested).rejects.toThrow("store.write inside store.write");
    expect(await jobsOf(store)).toEqual([]);
    expect(await store.read((reader) => readEvents(reader, { limit: 10 }))).toEqual([]);
    const beginning = store.write(STAMP, (tx) => tx.db.transaction().execute(async () => undefined));
    await expect(beginning).rejects.toThrow("calling the transaction method for a Transaction is not supported");
  });

  const FREE_TEXT: readonly [string, Fact, Stamp][] = [
    ["payload", { type: "daily.finished", key: "k", payload: { note: "rm -rf of a person" } }, STAMP],
    ["a long payload", { type: "daily.finished", key: "k", payload: { blob: "x".repeat(201) } }, STAMP],
    ["a nested payload", { type: "daily.finished", key: "k", payload: { list: [{ a: "b c" }] } }, STAMP],
    ["a name in the payload", { type: "daily.finished", key: "k", payload: { "a b": 1 } }, STAMP],
    ["the key", { type: "daily.finished", key: "two words" }, STAMP],
    ["the actor", { type: "daily.finished", key: "k" }, { actor: "two words" }],
    ["the trace", { type: "daily.finished", key: "k" }, { actor: "test", trace: "a\nb" }],
  ];
  test.each(FREE_TEXT)(
    "[STO-7] law 3: free text in %s is refused, with the state that came with it",
    async (_, fact, stamp) => {
      await using store = await open();
      const writing = store.write(stamp, async (tx) => {
        await enqueueJob(tx, { queue: "q", key: "a" });
        await appendEvent(tx, fact);
      });
      await expect(writing).rejects.toThrow("would seal free text");
      expect(await jobsOf(store)).toEqual([]);
      expect(await store.read((reader) => readEvents(reader, { limit: 10 }))).toEqual([]);
    },
  );

  test("[STO-7] law 4: each event becomes one job per stage it wakes, with the cursor", async () => {
    await using store = await open();
    await appendMany(store, 2);
    await store.write(STAMP, (tx) => appendEvent(tx, { type: "daily.finished", key: "d" }));
    const [one, two, three] = await store.read((reader) => readEvents(reader, { limit: 10 }));
    const turn = () => store.write(STAMP, (tx) => turnEventsIntoJobs(tx, [GREETER, COUNTER]));
    expect(await turn()).toEqual({ events: 3, jobs: 5 });
    const jobs = [
      ...[one, two, three].map((event) => ({ queue: "count", key: event?.id })),
      ...[one, two].map((event) => ({ queue: "greet", key: event?.id })),
    ];
    const byText = (left: object, right: object) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1);
    expect((await jobsOf(store)).toSorted(byText)).toEqual(jobs.toSorted(byText));
    expect(await turn()).toEqual({ events: 0, jobs: 0 });
    await store.write(STAMP, (tx) => tx.db.updateTable("jobs").set({ state: "succeeded" }).execute());
    expect(await turn()).toEqual({ events: 0, jobs: 0 });
  });

  test("[STO-7] law 4: a turn that fails leaves neither jobs nor a moved cursor", async () => {
    await using store = await open();
    await appendMany(store, 2);
    const failing = store.write(STAMP, async (tx) => {
      await turnEventsIntoJobs(tx, [GREETER]);
      throw new Error("killed");
    });
    await expect(failing).rejects.toThrow("killed");
    expect(await jobsOf(store)).toEqual([]);
    expect(await store.write(STAMP, (tx) => turnEventsIntoJobs(tx, [GREETER]))).toEqual({ events: 2, jobs: 2 });
  });

  test("[STO-7] law 4: a scheduler that read an old cursor turns nothing, even when the jobs are closed already", async () => {
    await using one = await open();
    await using two = await open();
    await appendMany(one, 2);
    let late: Promise<unknown> = Promise.resolve();
    await one.write(STAMP, async (tx) => {
      expect(await turnEventsIntoJobs(tx, [GREETER])).toEqual({ events: 2, jobs: 2 });
      await tx.db.updateTable("jobs").set({ state: "succeeded" }).execute();
      late = two.write(STAMP, (other) => turnEventsIntoJobs(other, [GREETER]));
      // On SQLite the other cannot even begin; on Postgres it has read the cursor and waits to move it.
      if (tx.dialect.kind === "postgres") await someoneWaitsFor(tx, two);
    });
    expect(await late).toEqual({ events: 0, jobs: 0 });
    expect(await jobsOf(one)).toHaveLength(2);
  });

  test("[STO-7] law 4: two schedulers at once turn each event once", async () => {
    await using one = await open();
    await using two = await open();
    await appendMany(one, 60);
    const drain = async (store: Store): Promise<number> => {
      let jobs = 0;
      for (let idle = 0; idle < 3;) {
        const turned = await store.write(STAMP, (tx) => turnEventsIntoJobs(tx, [GREETER, COUNTER], 7));
        jobs += turned.jobs;
        idle = turned.events === 0 ? idle + 1 : 0;
      }
      return jobs;
    };
    const [left, right] = await Promise.all([drain(one), drain(two)]);
    expect(left + right).toBe(120);
    const keys = (await jobsOf(one)).map((job) => `${job.queue} ${job.key}`);
    expect(new Set(keys).size).toBe(120);
  });
});
