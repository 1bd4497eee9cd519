import { execFileSync } from "node:child_process";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { sql } from "kysely";
import { afterEach, beforeEach, expect, test } from "vitest";
import { machineSurroundings, type Surroundings } from "../../src/adapters/sqlite/guards.ts";
import { connectReader, connectWriter } from "../../src/adapters/sqlite/connect.ts";
import { SqliteStore } from "../../src/adapters/sqlite/sqlite-store.ts";
import type { OpenSqliteOptions } from "../../src/adapters/sqlite/open-plan.ts";
import { openSqlite } from "../../src/adapters/sqlite/open-sqlite.ts";
import { systemClock } from "../../src/kit/clock.ts";
import { seededRandom } from "../../src/kit/random.ts";
import type { Result } from "../../src/kit/result.ts";
import { type Failure, FailureError } from "../../src/model/failure.ts";
import { STEPS } from "../../src/store/migrate/steps.ts";
import type { Store } from "../../src/store/store.ts";
import { putStoreFact } from "../../src/store/facts/put-store-fact.ts";
import { storeFact } from "../../src/store/facts/store-fact.ts";
import { STAMP } from "./trace-rows.ts";

let directory = "";
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "codex-loop-sqlite-"));
});
afterEach(async () => {
  await rm(directory, { recursive: true, force: true });
});

const pathOf = (): string => join(directory, "home", "store.db");

function open(options: Partial<OpenSqliteOptions> = {}): Promise<Result<Store, Failure>> {
  return openSqlite({ path: pathOf(), clock: systemClock, random: seededRandom(1), ...options });
}

async function opened(options: Partial<OpenSqliteOptions> = {}): Promise<Store> {
  const result = await open(options);
  if (!result.ok) throw new FailureError(result.failure);
  return result.value;
}

async function codeOf(options: Partial<OpenSqliteOptions>): Promise<string> {
  const result = await open(options);
  if (!result.ok) return result.failure.code;
  await result.value[Symbol.asyncDispose]();
  return "opened";
}

async function modeOf(path: string): Promise<string> {
  return ((await stat(path)).mode & 0o777).toString(8);
}

const around = (facts: Partial<Surroundings>): Surroundings => ({ ...machineSurroundings, ...facts });

test("[STO-3] a folder, a pipe or a place where nothing can be made is refused, and keeps its mode", async () => {
  const pipe = join(directory, "pipe");
  execFileSync("mkfifo", ["--mode=644", pipe]);
  await chmod(directory, 0o755);
  for (const path of [directory, pipe, "/proc/codex-loop/deep/store.db"]) {
    expect(await codeOf({ path }), path).toBe("store_unreadable");
  }
  expect([await modeOf(directory), await modeOf(pipe)]).toEqual(["755", "644"]);
});

test("[STO-3] a new directory is made 0700 and every file in it 0600", async () => {
  const before = process.umask(0);
  try {
    await using store = await opened();
    await store.write(STAMP, (tx) => putStoreFact(tx, "created_at", "now"));
    const files = await readdir(join(directory, "home"));
    expect(files.toSorted()).toEqual(["store.db", "store.db-shm", "store.db-wal"]);
    expect(await modeOf(join(directory, "home"))).toBe("700");
    for (const file of files) expect([file, await modeOf(join(directory, "home", file))]).toEqual([file, "600"]);
  } finally {
    process.umask(before);
  }
});

test("[STO-3] an empty directory and an open file are tightened; a directory with other things keeps its mode", async () => {
  await mkdir(join(directory, "home"));
  await chmod(join(directory, "home"), 0o755);
  await (await opened())[Symbol.asyncDispose]();
  expect(await modeOf(join(directory, "home"))).toBe("700");

  await mkdir(join(directory, "project"));
  await chmod(join(directory, "project"), 0o755);
  await writeFile(join(directory, "project", "readme"), "");
  const path = join(directory, "project", "store.db");
  await writeFile(path, "");
  await chmod(path, 0o644);
  await (await opened({ path }))[Symbol.asyncDispose]();
  expect([await modeOf(join(directory, "project")), await modeOf(path)]).toEqual(["755", "600"]);
});

test("[STO-3] an old Node or SQLite and a network file system are refused with what to do, and nothing is made", async () => {
  expect(await codeOf({ surroundings: around({ node: "20.20.2", sqlite: undefined }) })).toBe("node_too_old");
  expect(await codeOf({ surroundings: around({ node: "24.20.9" }) })).toBe("node_too_old");
  expect(await codeOf({ surroundings: around({ sqlite: "3.51.2" }) })).toBe("node_too_old");
  expect(await codeOf({ surroundings: around({ filesystemOf: async () => 0x6969 }) })).toBe("store_unsafe");
  // CIFS, as the kernel's signed number.
  expect(await codeOf({ surroundings: around({ filesystemOf: async () => 0xff534d42 | 0 }) })).toBe("store_unsafe");
  expect(await readdir(directory)).toEqual([]);
  expect(await codeOf({ surroundings: around({ node: "24.21.0", sqlite: "3.51.3" }) })).toBe("opened");
  expect(await codeOf({ surroundings: around({ node: "26.0.0", sqlite: "3.60.0" }) })).toBe("opened");
});

test("[STO-3] a failure says in three lines what, why and what to do", async () => {
  const result = await open({ surroundings: around({ filesystemOf: async () => 0x6969 }) });
  const failure = result.ok ? null : result.failure;
  expect(failure?.message).toMatch(/cannot live in .*NFS/u);
  expect(failure?.cause).toContain("network mount");
  expect(failure?.hint).toContain("DATABASE_URL");
});

test("[STO-3] a transaction takes the write lock before it reads, so of two handles none reads what the other will change", async () => {
  await using left = await opened();
  await using right = await opened();
  let runs = 0;
  const add = (store: Store): Promise<void> =>
    store.write(STAMP, async (tx) => {
      runs += 1;
      const before = Number((await storeFact(tx, "created_at")) ?? "0");
      await Promise.resolve();
      await putStoreFact(tx, "created_at", String(before + 1));
    });
  await Promise.all(Array.from({ length: 50 }, (_, n) => add(n % 2 === 0 ? left : right)));
  expect(await left.read((reader) => storeFact(reader, "created_at"))).toBe("50");
  // The lock was there or it was not: no act found out half way that it had read in vain.
  expect(runs).toBe(50);
});

test("[STO-3] waiting for a busy store lets the rest of the process go on, and gives up naming who holds a role", async () => {
  await using store = await opened({ giveUpAfterMs: 150 });
  await store.write(STAMP, (tx) =>
    tx.db
      .insertInto("leases")
      .values({
        name: "sealer",
        holder: "host-7 pid 12",
        address: null,
        fence: 1,
        expires_at: "2026-11-20T00:00:00.000Z",
      })
      .execute(),
  );
  const other = new DatabaseSync(pathOf());
  other.exec("begin immediate");
  let ticks = 0;
  const ticking = setInterval(() => {
    ticks += 1;
  }, 5);
  const failure = await store
    .write(STAMP, async () => undefined)
    .then(
      () => null,
      (error: unknown) => (error instanceof FailureError ? error.failure : error),
    );
  clearInterval(ticking);
  expect(failure).toMatchObject({ code: "store_busy", retry: "later" });
  expect(failure).toHaveProperty("cause", expect.stringContaining("sealer is held by host-7 pid 12"));
  expect(ticks).toBeGreaterThan(5);
  const waiting = store.write(STAMP, async () => "written");
  other.exec("commit");
  other.close();
  expect(await waiting).toBe("written");
});

test("[STO-3] what must survive power loss is synced, what can be read again is not", async () => {
  await using store = await opened();
  const synchronous = (durability: "durable" | "rebuildable"): Promise<unknown> =>
    store.write(
      STAMP,
      async (tx) => (await sql<{ synchronous: number }>`pragma synchronous`.execute(tx.db)).rows[0]?.synchronous,
      {
        durability,
      },
    );
  expect(await synchronous("rebuildable")).toBe(1);
  expect(await synchronous("durable")).toBe(2);
  expect(await synchronous("rebuildable")).toBe(1);
});

test("[STO-3] a transaction that fails leaves nothing behind and the store usable", async () => {
  await using store = await opened();
  const broken = store.write(STAMP, async (tx) => {
    await putStoreFact(tx, "created_at", "never");
    throw new Error("stopped half way");
  });
  await expect(broken).rejects.toThrow("stopped half way");
  expect(await store.read((reader) => storeFact(reader, "created_at"))).toBeNull();
  await store.write(STAMP, (tx) => putStoreFact(tx, "created_at", "later"));
  expect(await store.read((reader) => storeFact(reader, "created_at"))).toBe("later");
});

test("[STO-3] a read sees one moment, whatever is written meanwhile", async () => {
  await using store = await opened();
  await using other = await opened();
  await store.read(async (reader) => {
    expect(await storeFact(reader, "created_at")).toBeNull();
    await other.write(STAMP, (tx) => putStoreFact(tx, "created_at", "meanwhile"));
    expect(await storeFact(reader, "created_at")).toBeNull();
  });
  expect(await store.read((reader) => storeFact(reader, "created_at"))).toBe("meanwhile");
});

test("[STO-3] a store opened to read cannot write, and is never made", async () => {
  expect(await codeOf({ mode: "read" })).toBe("path_missing");
  await (await opened())[Symbol.asyncDispose]();
  await using reading = await opened({ mode: "read" });
  await expect(reading.write(STAMP, async () => undefined)).rejects.toThrow("opened to read only");
  await expect(
    reading.read((reader) => reader.db.insertInto("store_facts").values({ name: "x", value: "y" }).execute()),
  ).rejects.toThrow("readonly");
  expect(await codeOf({ path: directory, mode: "read" })).toBe("store_unreadable");
  await writeFile(join(directory, "notes.db"), "these are not the pages you are looking for, ".repeat(100));
  expect(await codeOf({ path: join(directory, "notes.db") })).toBe("store_unreadable");
});

test("[STO-2] a store of a newer release is refused, and so is one whose steps are not ours", async () => {
  const next = { version: 3, name: "next", sqlite: "create table next (n integer primary key) strict;", postgres: "" };
  await (await opened({ steps: [...STEPS, next] }))[Symbol.asyncDispose]();
  expect(await codeOf({})).toBe("store_newer");
  expect(await codeOf({ mode: "read" })).toBe("store_newer");
  expect(
    await codeOf({ steps: [...STEPS, { ...next, sqlite: "create table other (n integer primary key) strict;" }] }),
  ).toBe("store_unsafe");
  expect(await codeOf({ steps: [...STEPS, next] })).toBe("opened");
});

test("[STO-2] before a step runs on a store that has rows, a copy of it is kept; a step that fails changes nothing", async () => {
  const first = await opened();
  await first.write(STAMP, (tx) => putStoreFact(tx, "created_at", "before"));
  await first[Symbol.asyncDispose]();
  const good = "alter table store_facts add column note text;";
  const step = { version: 3, name: "note", sqlite: `${good} create table broken (`, postgres: "" };
  expect(await codeOf({ steps: [...STEPS, step] })).toBe("store_unreadable");
  await using still = await opened();
  expect(await still.read((reader) => storeFact(reader, "created_at"))).toBe("before");

  const copy = new DatabaseSync(`${pathOf()}.before-step-3`, { readOnly: true });
  expect(copy.prepare("select value from store_facts").all()).toEqual([expect.objectContaining({ value: "before" })]);
  copy.close();
  expect(await modeOf(`${pathOf()}.before-step-3`)).toBe("600");
  await using reading = await opened({ steps: [...STEPS, { ...step, sqlite: good }] });
  const notes = await reading.read((reader) => sql`select note from store_facts`.execute(reader.db));
  expect(notes.rows).toHaveLength(1);
});

test("[STO-3] a backup is a whole store of its own, made while others write", async () => {
  await using store = await opened();
  await store.write(STAMP, (tx) => putStoreFact(tx, "created_at", "kept"));
  const path = join(directory, "copy", "backup.db");
  await mkdir(join(directory, "copy"));
  await Promise.all([store.backup(path), store.write(STAMP, (tx) => putStoreFact(tx, "last_daily_at", "meanwhile"))]);
  expect(await modeOf(path)).toBe("600");
  await using copy = await opened({ path });
  expect(await copy.read((reader) => storeFact(reader, "created_at"))).toBe("kept");
});

test("[STO-3] a backup onto the store itself is refused, under whatever name, and the store is still there", async () => {
  await using store = await opened();
  await store.write(STAMP, (tx) => putStoreFact(tx, "created_at", "kept"));
  const alias = join(directory, "alias.db");
  await symlink(pathOf(), alias);
  for (const path of [pathOf(), alias]) {
    await expect(store.backup(path)).rejects.toMatchObject({ failure: { code: "conflict" } });
  }
  await using again = await opened();
  expect(await again.read((reader) => storeFact(reader, "created_at"))).toBe("kept");
});

test("[STO-3] opening that fails leaves no connection open", async () => {
  const broken = { version: 1, name: "broken", sqlite: "create table broken (", postgres: "" };
  expect(await codeOf({ steps: [broken] })).toBe("store_unreadable");
  // The last connection to close folds the log into the file.
  expect(await readdir(join(directory, "home"))).toEqual(["store.db"]);
});

test("[STO-3] closing closes the writer also where the reader cannot be closed", async () => {
  await (await opened())[Symbol.asyncDispose]();
  const [writer, reader] = [connectWriter(pathOf()), connectReader(pathOf())];
  const store = new SqliteStore({ path: pathOf(), writer, reader, clock: systemClock, random: seededRandom(1) });
  reader.close();
  await expect(store[Symbol.asyncDispose]()).rejects.toThrow("not open");
  expect(writer.isOpen).toBe(false);
});

test("[STO-3] closing waits for the transaction at hand, folds the log into the file, and may be asked twice", async () => {
  const store = await opened();
  const writing = store.write(STAMP, async (tx) => {
    await putStoreFact(tx, "created_at", "one");
    await putStoreFact(tx, "last_daily_at", "two");
  });
  await Promise.all([store[Symbol.asyncDispose](), store[Symbol.asyncDispose](), writing]);
  expect(await readdir(join(directory, "home"))).toEqual(["store.db"]);
  await using again = await opened();
  expect(await again.read((reader) => storeFact(reader, "last_daily_at"))).toBe("two");
});

test("[STO-3] a damaged file is told of in three lines by whoever reads or writes it, and closing hides nothing", async () => {
  await using first = await opened();
  await first.write(STAMP, (tx) => putStoreFact(tx, "created_at", "now"));
  await first[Symbol.asyncDispose]();
  const bytes = await readFile(pathOf());
  const page = rootPageOf("store_facts") - 1;
  await writeFile(pathOf(), bytes.fill(0x5a, page * 4_096, (page + 1) * 4_096));

  await using store = await opened();
  const damaged = { failure: { code: "store_unreadable", message: expect.stringContaining("damaged") as unknown } };
  await expect(store.read((reader) => storeFact(reader, "created_at"))).rejects.toMatchObject(damaged);
  await expect(store.write(STAMP, (tx) => putStoreFact(tx, "created_at", "later"))).rejects.toMatchObject(damaged);
});

function rootPageOf(table: string): number {
  using database = new DatabaseSync(pathOf());
  return Number(database.prepare("select rootpage from sqlite_schema where name = ?").get(table)?.["rootpage"]);
}
