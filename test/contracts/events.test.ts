import { expect, test } from "vitest";
import { fixedClock } from "../../src/kit/clock.ts";
import type { Position } from "../../src/model/event.ts";
import { idOf } from "../../src/model/ids.ts";
import { appendEvent } from "../../src/store/events/append-event.ts";
import { lastPosition } from "../../src/store/events/last-position.ts";
import { moveCursor } from "../../src/store/events/move-cursor.ts";
import { readCursor } from "../../src/store/events/read-cursor.ts";
import { readEvents } from "../../src/store/events/read-events.ts";
import { putStoreFact } from "../../src/store/facts/put-store-fact.ts";
import type { Store } from "../../src/store/store.ts";
import { appendMany } from "./events-fixture.ts";
import { storeSuite, SUITE_START } from "./store-harness.ts";

const STAMP = { actor: "test" };

async function keysAfter(store: Store, after: Position): Promise<readonly string[]> {
  const events = await store.read((reader) => readEvents(reader, { after, limit: 100 }));
  return events.map((event) => event.key);
}

storeSuite("the event log", (open) => {
  test("[STO-4] an event carries who, why and when from its transaction", async () => {
    await using store = await open({ clock: fixedClock(SUITE_START) });
    const cause = idOf.event("019a0000-0000-7000-8000-000000000001");
    const stamp = { actor: "ingest", cause, trace: "00-abc-def-01", simulated: true };
    const id = await store.write(stamp, (tx) =>
      appendEvent(tx, { type: "traces.ingested", key: "s1", payload: { files: 2 } }),
    );
    const [event] = await store.read((reader) => readEvents(reader, { limit: 10 }));
    expect(event).toMatchObject({
      id,
      key: "s1",
      type: "traces.ingested",
      actor: "ingest",
      cause,
      trace: "00-abc-def-01",
      at: "2026-11-20T00:00:00.000Z",
      simulated: true,
      payload: { files: 2 },
    });
  });

  test("[STO-4] an event stands or falls with the transaction that made it true", async () => {
    await using store = await open();
    const failing = store.write(STAMP, async (tx) => {
      await appendEvent(tx, { type: "daily.finished", key: "k" });
      throw new Error("no");
    });
    await expect(failing).rejects.toThrow("no");
    expect(await store.read((reader) => readEvents(reader, { limit: 10 }))).toEqual([]);
  });

  test("[STO-4] readers go on behind the place they have reached, in order", async () => {
    await using store = await open();
    await appendMany(store, 5);
    const first = await store.read((reader) => readEvents(reader, { limit: 2 }));
    expect(first.map((event) => event.key)).toEqual(["k1", "k2"]);
    const place = first.at(-1)?.position;
    if (place === undefined) throw new Error("no events");
    expect(await keysAfter(store, place)).toEqual(["k3", "k4", "k5"]);
    const { places } = await store.read(async (reader) => reader.dialect);
    expect(places.parse(place)).toBe(place);
    expect(places.parse("1; drop table events")).toBeNull();
  });

  test("[STO-4] the store refuses to change or remove an event", async () => {
    await using store = await open();
    await appendMany(store, 1);
    const change = store.write(STAMP, (tx) => tx.db.updateTable("events").set({ actor: "other" }).execute());
    await expect(change).rejects.toThrow("append only");
    const removal = store.write(STAMP, (tx) => tx.db.deleteFrom("events").execute());
    await expect(removal).rejects.toThrow("append only");
    expect(await store.read((reader) => readEvents(reader, { limit: 10 }))).toHaveLength(1);
  });

  test("[STO-4] a cursor moves only from where its reader read", async () => {
    await using store = await open();
    await appendMany(store, 2);
    const [one, two] = await store.read((reader) => readEvents(reader, { limit: 2 }));
    if (one === undefined || two === undefined) throw new Error("no events");
    const from = await store.read((reader) => readCursor(reader, "c"));
    const move = { consumer: "c", from, to: one.position };
    expect(await store.write(STAMP, (tx) => moveCursor(tx, move))).toBe(true);
    expect(await store.write(STAMP, (tx) => moveCursor(tx, { ...move, to: two.position }))).toBe(false);
    expect(await store.read((reader) => readCursor(reader, "c"))).toBe(one.position);
  });
});

storeSuite("the gap of two writers", (open) => {
  test("[STO-4] an event committed late by an older transaction is never jumped over", async () => {
    await using slow = await open();
    await using quick = await open();
    const inserted = Promise.withResolvers<void>();
    const mayCommit = Promise.withResolvers<void>();
    const first = slow.write(STAMP, async (tx) => {
      await appendEvent(tx, { type: "daily.finished", key: "early" });
      inserted.resolve();
      await mayCommit.promise;
    });
    await inserted.promise;
    const second = quick.write(STAMP, (tx) => appendEvent(tx, { type: "daily.finished", key: "late" }));
    // On SQLite the second has to wait for the first to end; on Postgres it commits while the first is open.
    if (quick.kind === "postgres") await second;
    const { places } = await quick.read(async (reader) => reader.dialect);
    expect(await keysAfter(quick, places.start)).toEqual([]);
    mayCommit.resolve();
    await first;
    await second;
    expect(await keysAfter(quick, places.start)).toEqual(["early", "late"]);
  });

  test("[STO-4] whoever wants only what comes next misses nothing that was in flight", async () => {
    await using slow = await open();
    await using quick = await open();
    const inserted = Promise.withResolvers<void>();
    const mayCommit = Promise.withResolvers<void>();
    const first = slow.write(STAMP, async (tx) => {
      await appendEvent(tx, { type: "daily.finished", key: "early" });
      inserted.resolve();
      await mayCommit.promise;
    });
    await inserted.promise;
    const second = quick.write(STAMP, (tx) => appendEvent(tx, { type: "daily.finished", key: "late" }));
    if (quick.kind === "postgres") await second;
    const end = await quick.read(lastPosition);
    mayCommit.resolve();
    await first;
    await second;
    expect(await keysAfter(quick, end)).toEqual(["early", "late"]);
    expect(await keysAfter(quick, await quick.read(lastPosition))).toEqual([]);
  });

  test("[STO-4] the log ends where readers end, also where a later number was told first", async () => {
    await using slow = await open();
    await using quick = await open();
    const begun = Promise.withResolvers<void>();
    const mayAppend = Promise.withResolvers<void>();
    const first = slow.write(STAMP, async (tx) => {
      // Takes its place in the order of transactions before it takes a number in the log.
      await putStoreFact(tx, "sample", "0");
      begun.resolve();
      await mayAppend.promise;
      await appendEvent(tx, { type: "daily.finished", key: "early" });
    });
    await begun.promise;
    const second = quick.write(STAMP, (tx) => appendEvent(tx, { type: "daily.finished", key: "late" }));
    if (quick.kind === "postgres") await second;
    mayAppend.resolve();
    await first;
    await second;
    expect(await keysAfter(quick, await quick.read(lastPosition))).toEqual([]);
  });
});
