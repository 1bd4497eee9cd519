import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openSqlite } from "../../src/adapters/sqlite/open-sqlite.ts";
import { fixedClock } from "../../src/kit/clock.ts";
import { canonicalJson, parseJson } from "../../src/kit/json.ts";
import { seededRandom } from "../../src/kit/random.ts";
import { FailureError } from "../../src/model/failure.ts";
import { sealLog } from "../../src/loop/seal-log.ts";
import { holderOf } from "../../src/model/holder.ts";
import { instantOf } from "../../src/model/time.ts";
import { readCursor } from "../../src/store/events/read-cursor.ts";
import { readEvents } from "../../src/store/events/read-events.ts";
import { verifyEvents } from "../../src/store/events/verify-events.ts";
import { exportStore } from "../../src/store/export/export-store.ts";
import { importStore } from "../../src/store/export/import-store.ts";
import { pruneSessions } from "../../src/store/export/prune-sessions.ts";
import { reportStore } from "../../src/store/export/report-store.ts";
import { PLAIN_TABLES } from "../../src/store/export/tables.ts";
import type { Store } from "../../src/store/store.ts";
import { appendMany } from "./events-fixture.ts";
import { fillStore } from "./filled-store.ts";
import { storeSuite, SUITE_START } from "./store-harness.ts";

const STAMP = { actor: "test" };
const WHO = { holder: holderOf({ host: "here", pid: 1, start: "a" }), isDead: () => false };

async function exported(store: Store): Promise<string> {
  return await store.read(async (reader) => {
    const chunks: string[] = [];
    for await (const chunk of exportStore(reader)) chunks.push(chunk);
    return chunks.join("");
  });
}

async function* inPieces(text: string): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += 1_000) yield text.slice(at, at + 1_000);
}

async function imported(store: Store, text: string): Promise<number> {
  return await store.write(STAMP, (tx) => importStore(tx, () => inPieces(text)));
}

async function failureOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof FailureError) return error.failure.code;
    throw error;
  }
  throw new Error("nothing failed");
}

/** A SQLite store of its own beside the suite's, for moves between the two kinds. */
async function onScratch<T>(
  work: (open: (name: string) => Promise<Store>, path: (name: string) => string) => Promise<T>,
): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), "codex-loop-export-"));
  const path = (name: string): string => join(directory, name);
  const open = async (name: string): Promise<Store> => {
    const opened = await openSqlite({ path: path(name), clock: fixedClock(SUITE_START), random: seededRandom(1) });
    if (!opened.ok) throw new Error(opened.failure.message);
    return opened.value;
  };
  try {
    return await work(open, path);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function filled(store: Store): Promise<void> {
  await fillStore(store, 40);
  await store.write(STAMP, (tx) => tx.db.deleteFrom("event_seals").execute());
  await sealLog(store, WHO);
  await appendMany(store, 3);
}

storeSuite("export and import", (open) => {
  test("[STO-8] a store moved to another kind and back exports the same bytes at every stop", async () => {
    await onScratch(async (sqlite) => {
      await using first = await sqlite("first.db");
      await filled(first);
      const text = await exported(first);
      await using middle = await open();
      expect(await imported(middle, text)).toBe(text.split("\n").length - 3);
      expect(await exported(middle)).toBe(text);
      await using last = await sqlite("last.db");
      await imported(last, await exported(middle));
      expect(await exported(last)).toBe(text);
    });
  });

  test("[STO-8] a moved store goes on where it stopped: seals hold, cursors stand, new events follow the old", async () => {
    await onScratch(async (sqlite) => {
      await using first = await sqlite("first.db");
      await filled(first);
      await using store = await open();
      await imported(store, await exported(first));
      expect(await store.read((reader) => verifyEvents(reader))).toMatchObject({ events: 43, sealed: 40, ok: true });
      await appendMany(store, 1);
      await sealLog(store, WHO);
      expect(await store.read((reader) => verifyEvents(reader))).toMatchObject({ events: 44, sealed: 44, ok: true });
      const rest = await store.read(async (reader) =>
        readEvents(reader, { after: await readCursor(reader, "half"), limit: 100 }),
      );
      expect(rest.map((event) => event.key)).toEqual([
        ...Array.from({ length: 20 }, (_, n) => `k${n + 21}`),
        "k1",
        "k2",
        "k3",
        "k1",
      ]);
    });
  });

  test("[STO-8] an export is canonical lines in a fixed order, events last", async () => {
    await using store = await open();
    await filled(store);
    const lines = (await exported(store)).trimEnd().split("\n");
    for (const line of lines) expect(canonicalJson(parseJson(line))).toBe(line);
    const seal = { n: 1, hash: expect.stringMatching(/^[0-9a-f]{64}$/) };
    expect(parseJson(lines[0] ?? "")).toEqual({ format: "codex-loop-store", version: 1, schema: 2, seal });
    const tables = lines.slice(1, -1).map((line) => (parseJson(line) as { table: string }).table);
    expect([...new Set(tables)]).toEqual([...PLAIN_TABLES, "consumer_cursors", "events"]);
  });

  test("[STO-8] a store of many pages is exported whole and once, a page in memory at a time", async () => {
    await onScratch(async (sqlite) => {
      await using first = await sqlite("first.db");
      await fillStore(first, 1_100);
      await using store = await open();
      await imported(store, await exported(first));
      const pages = await store.read(async (reader) => {
        const lengths: number[] = [];
        for await (const chunk of exportStore(reader)) lengths.push(chunk.split("\n").length - 1);
        return lengths;
      });
      expect(Math.max(...pages)).toBe(500);
      const lines = (await exported(store)).trimEnd().split("\n");
      expect(new Set(lines).size).toBe(lines.length);
      // Header, footer and two cursors beside the same number of rows in each table and the log.
      expect(lines).toHaveLength(4 + 1_100 * (PLAIN_TABLES.length + 1));
    });
  });

  test("[STO-8] an export is of one moment, and nobody waits for it", async () => {
    await using store = await open();
    await using other = await open();
    await filled(store);
    const before = await exported(store);
    const text = await store.read(async (reader) => {
      let lines = "";
      for await (const chunk of exportStore(reader)) {
        lines += chunk;
        if (lines === chunk) await appendMany(other, 2);
      }
      return lines;
    });
    expect(text).toBe(before);
    expect(await exported(store)).not.toBe(before);
  });

  test("[STO-8] an export names every column of every table", async () => {
    await using store = await open();
    const tables = await store.read((reader) => reader.db.introspection.getTables());
    await fillStore(store, 1);
    const seen = new Map(
      (await exported(store))
        .split("\n")
        .map((line) => parseJson(line) as { table?: string; row?: object } | undefined)
        .flatMap((line) => (line?.table === undefined ? [] : [[line.table, Object.keys(line.row ?? {})] as const])),
    );
    const inner = new Set(["n", "seq", "tx", "words", "position"]);
    for (const name of PLAIN_TABLES) {
      const columns = tables.find((table) => table.name === name)?.columns.map((column) => column.name) ?? [];
      const missing = columns.filter((column) => !(seen.get(name) ?? []).includes(column) && !inner.has(column));
      expect({ name, missing, known: columns.length > 0 }).toEqual({ name, missing: [], known: true });
    }
  });

  test("[STO-8] a store that holds rows, a foreign schema and a damaged export are refused, and nothing is written", async () => {
    await onScratch(async (sqlite) => {
      await using first = await sqlite("first.db");
      await filled(first);
      const text = await exported(first);
      const lines = text.trimEnd().split("\n");
      await using store = await open();
      const damaged = [
        lines.slice(0, -1).join("\n"),
        lines.slice(1).join("\n"),
        lines.toSpliced(5, 1).join("\n"),
        text.replace('"key":"k7"', '"key":"k8"'),
        text.replace('"table":"sessions"', '"table":"leases"'),
        `${text}{"table":"dirty_sessions","row":{"session_id":"x"}}\n`,
        "",
      ];
      for (const other of damaged) expect(await failureOf(imported(store, other))).toBe("store_unreadable");
      expect(await failureOf(imported(store, text.replace('"schema":2', '"schema":3')))).toBe("store_newer");
      expect((await exported(store)).split("\n")).toHaveLength(3);
      await imported(store, text);
      expect(await failureOf(imported(store, text))).toBe("conflict");
    });
  });
});

test("[STO-8] a backup opens as a store with the same export", async () => {
  await onScratch(async (sqlite, path) => {
    await using store = await sqlite("store.db");
    await filled(store);
    await store.backup(path("backup.db"));
    const text = await exported(store);
    await appendMany(store, 1);
    await using backup = await sqlite("backup.db");
    expect(await exported(backup)).toBe(text);
  });
});

storeSuite("report and prune", (open) => {
  test("[STO-8] a report counts the rows and bytes of every table", async () => {
    await using store = await open();
    await fillStore(store, 40);
    const sizes = await store.read(reportStore);
    expect(sizes.find((size) => size.table === "tool_calls")).toMatchObject({ rows: 40 });
    expect(sizes.map((size) => size.table)).toHaveLength(PLAIN_TABLES.length + 4);
    expect(sizes.filter((size) => size.rows > 0 && size.bytes === 0)).toEqual([]);
  });

  test("[STO-8] old sessions go with all that was read from them; events, sums and cursors stay", async () => {
    await using store = await open();
    await fillStore(store, 40);
    await store.write(STAMP, (tx) => tx.db.updateTable("messages").set({ session_id: "a-1" }).execute());
    const before = await counts(store);
    const cut = instantOf(Date.UTC(2026, 10, 1, 0, 2));
    const pruned = await store.write(STAMP, (tx) => pruneSessions(tx, { before: cut, limit: 10 }));
    // Session 0 has no time, session 1 is older than the cut, session 2 is not.
    expect(pruned).toEqual({ sessions: 1, rows: 1 + 40 + 8 });
    const after = await counts(store);
    expect(after).toEqual({
      ...before,
      sessions: 39,
      messages: 0,
      ...Object.fromEntries(
        ["segments", "turns", "tool_calls", "token_usage", "marks", "signals", "friction_costs", "dirty_sessions"].map(
          (table) => [table, (before[table] ?? 0) - 1],
        ),
      ),
      events: 41,
    });
    expect(await store.write(STAMP, (tx) => pruneSessions(tx, { before: cut, limit: 10 }))).toEqual({
      sessions: 0,
      rows: 0,
    });
    const [told] = (await store.read((reader) => readEvents(reader, { limit: 100 }))).slice(-1);
    expect(told).toMatchObject({ type: "store.pruned", payload: { before: cut, sessions: 1, rows: 49 } });
  });
});

async function counts(store: Store): Promise<Record<string, number>> {
  const sizes = await store.read(reportStore);
  return Object.fromEntries(sizes.map(({ table, rows }) => [table, rows]));
}
