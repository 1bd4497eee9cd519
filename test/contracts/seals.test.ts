import { sql } from "kysely";
import { expect, test } from "vitest";
import { sealEvents, sealLog } from "../../src/loop/seal-log.ts";
import { holderOf } from "../../src/model/holder.ts";
import { draftSeal } from "../../src/store/events/draft-seal.ts";
import { lastSeal } from "../../src/store/events/last-seal.ts";
import { verifyEvents, type Verdict } from "../../src/store/events/verify-events.ts";
import { runSealer } from "../../src/server/roles/sealer.ts";
import { takeLease } from "../../src/store/leases/take-lease.ts";
import type { Store } from "../../src/store/store.ts";
import { strictRole } from "../fakes/strict-role.ts";
import { appendMany } from "./events-fixture.ts";
import { storeSuite, type OpenStore } from "./store-harness.ts";

const WHO = { holder: holderOf({ host: "here", pid: 1, start: "a" }), isDead: () => false };
const STAMP = { actor: "test" };

/** 1,200 events under three seals of 500, 500 and 200 rows. */
async function sealed(store: Store): Promise<void> {
  await appendMany(store, 1_200);
  expect(await sealLog(store, WHO)).toEqual({ events: 1_200, busy: false });
}

async function verdict(store: Store): Promise<Verdict> {
  return await store.read((reader) => verifyEvents(reader));
}

/** Somebody with the file or the password: a connection of their own, the trigger out of the way. */
async function tamper(open: OpenStore, ...statements: readonly string[]): Promise<void> {
  await using store = await open();
  const unlock =
    store.kind === "sqlite"
      ? ["drop trigger if exists events_refuse_update", "drop trigger if exists events_refuse_delete"]
      : ["alter table events disable trigger user"];
  await store.write(STAMP, async (tx) => {
    for (const text of [...unlock, ...statements]) await sql.raw(text).execute(tx.db);
  });
}

/** Puts two whole rows in each other's place. */
const SWAP = [
  "create table swapped as select * from events where key in ('k20', 'k30')",
  "update events set id = key where key in ('k20', 'k30')",
  `update events set
     id = (select id from swapped where swapped.key <> events.key),
     payload = (select payload from swapped where swapped.key <> events.key),
     key = (select key from swapped where swapped.key <> events.key)
   where key in ('k20', 'k30')`,
  "drop table swapped",
];

storeSuite("the seals of the event log", (open) => {
  test("[STO-4] an untouched log holds, and rows behind the last seal are not sealed yet, not bad", async () => {
    await using store = await open();
    expect(await verdict(store)).toEqual({ events: 0, sealed: 0, ok: true, first_bad: null, seal: null });
    await sealed(store);
    await appendMany(store, 3);
    expect(await verdict(store)).toMatchObject({ events: 1_203, sealed: 1_200, ok: true, first_bad: null });
    expect(await sealLog(store, WHO)).toEqual({ events: 3, busy: false });
    const end = await store.read(lastSeal);
    expect(await verdict(store)).toEqual({
      events: 1_203,
      sealed: 1_203,
      ok: true,
      first_bad: null,
      seal: { n: 4, hash: end?.hash },
    });
  });

  test("[STO-4] a changed row is found", async () => {
    await using store = await open();
    await sealed(store);
    await tamper(open, `update events set actor = 'other' where key = 'k700'`);
    expect(await verdict(store)).toMatchObject({
      ok: false,
      sealed: 500,
      first_bad: { seal: 2, from: 501, to: 1_000, reason: "rows_changed" },
    });
  });

  test("[STO-4] a removed row is found", async () => {
    await using store = await open();
    await sealed(store);
    await tamper(open, "delete from events where key = 'k4'");
    expect(await verdict(store)).toMatchObject({
      ok: false,
      sealed: 0,
      first_bad: { seal: 1, reason: "rows_changed" },
    });
  });

  test("[STO-4] two rows in each other's place are found", async () => {
    await using store = await open();
    await sealed(store);
    await tamper(open, ...SWAP);
    expect(await verdict(store)).toMatchObject({ ok: false, first_bad: { seal: 1, reason: "rows_changed" } });
  });

  test("[STO-4] a cut tail is found", async () => {
    await using store = await open();
    await sealed(store);
    await tamper(open, `delete from events where key in ('k1199', 'k1200')`);
    expect(await verdict(store)).toMatchObject({
      ok: false,
      events: 1_198,
      sealed: 1_000,
      first_bad: { seal: 3, from: 1_001, to: 1_200, reason: "rows_missing" },
    });
  });

  test("[STO-4] a log emptied with its seals is found by the places that consumers have reached", async () => {
    await using store = await open();
    await sealed(store);
    await tamper(open, "delete from events", "delete from event_seals");
    expect(await verdict(store)).toMatchObject({
      ok: false,
      events: 0,
      first_bad: { seal: 1, from: 1, to: 1, reason: "rows_missing" },
    });
  });

  test("[STO-4] seals taken off the end of the chain are found by the sealer's place", async () => {
    await using store = await open();
    await sealed(store);
    await tamper(open, "delete from event_seals where n > 1");
    expect(await verdict(store)).toMatchObject({
      ok: false,
      sealed: 500,
      first_bad: { seal: 2, from: 501, to: 501, reason: "seal_missing" },
    });
  });

  test("[STO-4] a tail cut off with its seals and cursors is found only against a seal kept elsewhere", async () => {
    await using store = await open();
    await sealed(store);
    const kept = await store.read(lastSeal);
    if (kept === null) throw new Error("nothing sealed");
    expect(await store.read((reader) => verifyEvents(reader, kept))).toMatchObject({ ok: true });
    const tail = "delete from events where key in (select key from events order by seq desc limit 200)";
    await tamper(open, tail, "delete from event_seals where n = 3");
    expect(await verdict(store)).toMatchObject({ ok: false, first_bad: { seal: 3, reason: "rows_missing" } });
    await tamper(open, "delete from consumer_cursors");
    expect(await verdict(store)).toMatchObject({ ok: true, events: 1_000, sealed: 1_000 });
    expect(await store.read((reader) => verifyEvents(reader, kept))).toMatchObject({
      ok: false,
      first_bad: { seal: 3, reason: "seal_missing" },
    });
  });

  test("[STO-4] seals made anew over changed rows differ from the one kept elsewhere", async () => {
    await using store = await open();
    await sealed(store);
    const kept = await store.read(lastSeal);
    await tamper(
      open,
      "update events set actor = 'other' where key = 'k700'",
      "delete from event_seals",
      "delete from consumer_cursors",
    );
    await sealLog(store, WHO);
    expect(await verdict(store)).toMatchObject({ ok: true, sealed: 1_200 });
    expect(await store.read((reader) => verifyEvents(reader, kept))).toMatchObject({
      ok: false,
      first_bad: { seal: 3, reason: "seal_changed" },
    });
  });

  test("[STO-4] a seal taken out of the chain is found", async () => {
    await using store = await open();
    await sealed(store);
    await tamper(open, "delete from event_seals where n = 2");
    expect(await verdict(store)).toMatchObject({
      ok: false,
      sealed: 500,
      first_bad: { seal: 3, reason: "seal_missing" },
    });
  });

  test("[STO-4] the sealer reads and hashes a row once, and writes nothing for a log without news", async () => {
    await using store = await open();
    await appendMany(store, 2);
    const asked = { reads: 0, writes: 0 };
    const counted: Store = {
      ...store,
      kind: store.kind,
      address: store.address,
      read: (act) => {
        asked.reads += 1;
        return store.read(act);
      },
      write: (...parts) => {
        asked.writes += 1;
        return store.write(...parts);
      },
    };
    const round = async (): Promise<object> => {
      Object.assign(asked, { reads: 0, writes: 0 });
      const stop = new AbortController();
      const changed = async (): Promise<void> => stop.abort();
      await runSealer({ store: counted, ...WHO, changed, stop: stop.signal, ...strictRole() });
      return { ...asked };
    };
    // The draft and the look behind it; the lease, the seal, the lease given back.
    expect(await round()).toEqual({ reads: 2, writes: 3 });
    expect(await verdict(store)).toMatchObject({ events: 2, sealed: 2 });
    expect(await round()).toEqual({ reads: 1, writes: 0 });
  });

  test("[STO-4] a draft that another sealer has overtaken is made anew", async () => {
    await using store = await open();
    await appendMany(store, 2);
    const draft = await store.read(draftSeal);
    await sealLog(store, WHO);
    await appendMany(store, 1);
    const lease = await store.write(STAMP, (tx) => takeLease(tx, { name: "sealer", ttlMs: 60_000, ...WHO }));
    if (lease === null || draft === null) throw new Error("nothing to seal with");
    expect(await sealEvents(store, lease, draft)).toEqual({ events: 1, busy: false });
    expect(await verdict(store)).toMatchObject({ events: 3, sealed: 3, ok: true });
  });

  test("[STO-4] only the holder of the sealer's lease seals", async () => {
    await using store = await open();
    await appendMany(store, 2);
    const old = await store.write(STAMP, (tx) => takeLease(tx, { name: "sealer", ttlMs: 60_000, ...WHO }));
    if (old === null) throw new Error("the lease was free");
    const other = { holder: holderOf({ host: "here", pid: 2, start: "b" }), isDead: () => false };
    expect(await sealLog(store, other)).toEqual({ events: 0, busy: true });
    const heir = await sealLog(store, { ...other, isDead: (holder) => holder === WHO.holder });
    expect(heir).toEqual({ events: 2, busy: false });
    await appendMany(store, 1);
    const draft = await store.read(draftSeal);
    if (draft === null) throw new Error("nothing to seal");
    expect(await sealEvents(store, old, draft)).toEqual({ events: 0, busy: true });
    expect(await verdict(store)).toMatchObject({ events: 3, sealed: 2, ok: true });
  });
});
