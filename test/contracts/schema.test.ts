import { sql } from "kysely";
import { expect, test } from "vitest";
import type { Reader, Store } from "../../src/store/store.ts";
import { TABLES } from "../../src/store/export/tables.ts";
import { STEPS } from "../../src/store/migrate/steps.ts";
import { STAMP } from "./trace-rows.ts";
import { storeSuite } from "./store-harness.ts";

const sqliteDdl = STEPS.map(({ sqlite }) => sqlite).join("\n");
const postgresDdl = STEPS.map(({ postgres }) => postgres).join("\n");

/** Tables and columns that one dialect alone has, each with its reason. */
const OWN_COLUMNS: ReadonlyMap<string, string> = new Map([
  ["messages.n", "row number of the word index"],
  ["tool_calls.n", "row number of the word index"],
  ["messages.words", "word index"],
  ["tool_calls.words", "word index"],
  ["events.tx", "place in the log"],
]);

/** SQLite's type for each of Postgres'. */
const SAME_TYPE: Readonly<Record<string, string>> = {
  text: "text",
  bigint: "integer",
  "double precision": "real",
  timestamptz: "text",
  json: "text",
};

/** `table.column` → type and whether it may be null, as the DDL says it. */
function columnsOf(ddl: string): ReadonlyMap<string, { readonly type: string; readonly required: boolean }> {
  const columns = new Map<string, { type: string; required: boolean }>();
  for (const [, table, body] of ddl.matchAll(/create table (\w+) \(\n([\s\S]*?)\n\)/gu)) {
    for (const [, name, type, rest] of (body ?? "").matchAll(
      /^ {2}"?(\w+)"? (text|integer|bigint|real|double precision|timestamptz|json|xid8|tsvector)\b(.*)$/gmu,
    )) {
      columns.set(`${table}.${name}`, { type: type ?? "", required: /not null|primary key/u.test(rest ?? "") });
    }
  }
  return columns;
}

test("[STO-1] both dialects have the same tables and columns, of like types, required alike", () => {
  const sqlite = columnsOf(sqliteDdl);
  const postgres = columnsOf(postgresDdl);
  const shared = (columns: ReadonlyMap<string, unknown>): readonly string[] =>
    [...columns.keys()].filter((column) => !OWN_COLUMNS.has(column)).toSorted();
  expect(shared(postgres)).toEqual(shared(sqlite));
  expect(shared(sqlite).length).toBeGreaterThan(150);
  for (const column of shared(sqlite)) {
    const { type, required } = postgres.get(column) ?? { type: "none", required: false };
    expect([column, SAME_TYPE[type], required]).toEqual([
      column,
      sqlite.get(column)?.type,
      sqlite.get(column)?.required,
    ]);
  }
});

test("[STO-1] both dialects have the same keys and indexes", () => {
  const own = new Set(["tool_calls_words", "messages_words", "events_in_order"]);
  const indexes = (ddl: string): readonly string[] =>
    [...ddl.matchAll(/create (?:unique )?index (\w+) on \w+ .*;|^ {2}(?:primary key|unique) \(.*\)/gmu)]
      .filter(([, name]) => name === undefined || !own.has(name))
      .map(([text]) => text);
  expect(indexes(postgresDdl)).toEqual(indexes(sqliteDdl));
});

test("[STO-3] every table of SQLite's is STRICT", () => {
  const tables = [...sqliteDdl.matchAll(/^create table (\w+)/gmu)].map(([, name]) => name);
  const strict = [...sqliteDdl.matchAll(/^\) strict/gmu)];
  expect(strict.length).toBe(tables.length);
});

async function columnNames(reader: Reader, table: string): Promise<readonly string[]> {
  const rows =
    reader.dialect.kind === "sqlite"
      ? await sql<{ name: string }>`select name from pragma_table_info(${table})`.execute(reader.db)
      : await sql<{ name: string }>`
          select attname as name from pg_attribute
           where attrelid = ${table}::text::regclass and attnum > 0`.execute(reader.db);
  return rows.rows
    .map(({ name }) => name)
    .filter((name) => !OWN_COLUMNS.has(`${table}.${name}`))
    .toSorted();
}

async function refused(store: Store, statement: ReturnType<typeof sql>): Promise<boolean> {
  try {
    await store.write(STAMP, (tx) => statement.execute(tx.db));
    return false;
  } catch {
    return true;
  }
}

storeSuite("the schema", (open) => {
  test("[STO-1] the tables that stand in the store are those the program's types name", async () => {
    await using store = await open();
    const found = await store.read(async (reader) => {
      const names: Record<string, readonly string[]> = {};
      for (const table of Object.keys(TABLES)) names[table] = await columnNames(reader, table);
      return names;
    });
    const named = Object.entries(TABLES).map(([table, columns]) => [table, Object.keys(columns).toSorted()]);
    expect(found).toEqual(Object.fromEntries(named));
  });

  test("[STO-1] refuses what the schema forbids: broken JSON, other truths than 0 and 1, words outside their list", async () => {
    await using store = await open();
    const job = (payload: string, state: string): ReturnType<typeof sql> => sql`
      insert into jobs (id, queue, key, state, priority, run_at, attempts, max_attempts, fence, payload, created_at)
      values (${payload + state}, 'q', 'k', ${state}, 0, '2026-11-20T00:00:00.000Z', 0, 1, 0, ${payload}, '2026-11-20T00:00:00.000Z')`;
    const effect = (simulated: number): ReturnType<typeof sql> => sql`
      insert into effects (id, kind, want, status, actor, wanted_at, simulated)
      values ('e', 'file', '{}', 'wanted', 'test', '2026-11-20T00:00:00.000Z', ${simulated})`;
    expect(await refused(store, job("{", "queued"))).toBe(true);
    expect(await refused(store, job("{}", "sleeping"))).toBe(true);
    expect(await refused(store, effect(2))).toBe(true);
    expect(await refused(store, sql`insert into segments (session_id, name) values ('s', 'n')`)).toBe(true);
    expect(await refused(store, job("{}", "queued"))).toBe(false);
    expect(await refused(store, effect(1))).toBe(false);
  });
});
