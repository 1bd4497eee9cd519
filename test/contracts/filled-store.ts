import { PLAIN_TABLES, TABLES, type PlainTable, type TableShape } from "../../src/store/export/tables.ts";
import { moveCursor } from "../../src/store/events/move-cursor.ts";
import { readCursor } from "../../src/store/events/read-cursor.ts";
import { readEvents } from "../../src/store/events/read-events.ts";
import type { Store, Tx } from "../../src/store/store.ts";
import { appendMany } from "./events-fixture.ts";

const STAMP = { actor: "test" };

/** Texts that the two stores could order or keep differently. */
const TEXTS = ["B", "a", "_", "é", "𝄞 note", 'a b\n"c"', "zz\\u0000", "10", "9"];

/** Columns that hold something narrower than their kind says. */
const NARROW: Readonly<Record<string, (n: number) => string | number | null>> = {
  sample: (n) => n % 2,
  sandboxed: (n) => n % 2,
  escalated: (n) => n % 2,
  simulated: (n) => n % 2,
  changes: () => "[]",
  payload: (n) => `{"n":${n},"b":"x"}`,
  result: (n) => (n % 2 === 0 ? null : "[1.5,null]"),
  want: (n) => `{"kind":"file","path":"/a b/${n}","sha256":"00"}`,
  severity: (n) => n / 7,
  passed: (n) => n % 2,
  timed_out: (n) => n % 2,
  keep: (n) => n % 2,
  labels: () => '["infra"]',
  script: (n) => (n % 2 === 0 ? null : '{"steps":[]}'),
  caps: () => "{}",
  order: (n) => `{"n":${n}}`,
  command: () => '["npm","test"]',
  value: (n) => `[${n}]`,
  policy: () => '{"rules":[]}',
  facts: () => "{}",
  verdicts: () => "[]",
  answer: (n) => (n % 2 === 0 ? null : '"yes"'),
  mtime_ms: (n) => 1_763_605_800_123.25 + n,
};

const CLOSED: Readonly<Record<string, readonly string[]>> = {
  "signals.type": ["friction", "delight"],
  "jobs.state": ["queued", "active", "succeeded", "failed", "cancelled", "dead"],
  "attempts.state": ["queued", "running", "verifying", "ended"],
  "attempts.outcome": ["succeeded", "failed", "capped", "cancelled", "lost"],
  "attempts.stop": ["safe", "now"],
  "approvals.action": ["command", "patch", "permissions", "input", "change"],
  "approvals.state": ["asked", "granted", "denied", "expired", "void"],
  "controls.word": ["paused", "stopped"],
  "changes.state": ["local", "proposed", "merged", "landed", "reverted"],
  "caps.unit": ["usd", "tokens", "responses", "sessions"],
  "ledger.kind": ["attempt", "request"],
  "ledger.state": ["reserved", "settled", "released", "refused"],
  "policy_decisions.decision": ["pass", "need", "deny", "unknown"],
  "breakers.state": ["open", "canary", "closed"],
  "effects.status": ["wanted", "verified", "missing", "unverifiable"],
};

/** A store with `count` rows in every table, sealed by nobody, and a consumer half way through the log. */
export async function fillStore(store: Store, count: number): Promise<void> {
  for (const table of PLAIN_TABLES) {
    const rows = Array.from({ length: count }, (_, n) => rowOf(table, n));
    await store.write(STAMP, (tx) => insert(tx, table, rows));
  }
  await appendMany(store, count);
  await store.write(STAMP, async (tx) => {
    const events = await readEvents(tx, { limit: Math.ceil(count / 2) });
    const from = await readCursor(tx, "half");
    await moveCursor(tx, { consumer: "half", from, to: events.at(-1)?.position ?? from });
    await moveCursor(tx, { consumer: "new", from, to: from });
  });
}

async function insert(tx: Tx, table: PlainTable, rows: readonly Row[]): Promise<void> {
  for (let at = 0; at < rows.length; at += 500) {
    await tx.dialect.bulkInsert(tx, table, rows.slice(at, at + 500), { key: [], then: "ignore" });
  }
}

type Row = Record<string, string | number | null>;

function rowOf(table: PlainTable, n: number): Row {
  const shape: TableShape = TABLES[table];
  return Object.fromEntries(Object.keys(shape).map((column) => [column, valueOf(table, column, n)]));
}

function valueOf(table: PlainTable, column: string, n: number): string | number | null {
  const shape: TableShape = TABLES[table];
  const kind = shape[column] ?? "text";
  const words = CLOSED[`${table}.${column}`];
  if (words !== undefined) return words[n % words.length] ?? null;
  if (column === "state") return `{"at":${n}}`;
  const narrow = NARROW[column];
  if (narrow !== undefined) return narrow(n);
  if (kind.endsWith("?") && n % 3 === 0) return null;
  if (isTime(column)) return new Date(Date.UTC(2026, 10, 1, 0, n)).toISOString();
  if (kind.startsWith("number")) return n + 1;
  const text = TEXTS[n % TEXTS.length] ?? "";
  return kind === "key" || ["key", "session_id", "task_id", "attempt_id", "idea_id"].includes(column)
    ? `${text}-${n}`
    : text;
}

function isTime(column: string): boolean {
  return ["hour", "lease_until", "deadline", "not_before"].includes(column) || /(^|_)at$/.test(column);
}
