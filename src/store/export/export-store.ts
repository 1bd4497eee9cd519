/** The whole store as lines of JSON, the same bytes from either dialect. The format is described in docs/formats/store-export.md. */
import { sql } from "kysely";
import { runningSha256 } from "../../kit/hash.ts";
import { canonicalJson } from "../../kit/json.ts";
import type { Position } from "../../model/event.ts";
import { EVENT_COLUMNS } from "../events/event-row.ts";
import { lastSeal } from "../events/last-seal.ts";
import { readEventRows } from "../events/read-events.ts";
import type { SealMark } from "../events/seal.ts";
import type { Reader } from "../store.ts";
import { schemaVersion } from "./schema-version.ts";
import { keysOf, PLAIN_TABLES, TABLES, type PlainTable, type TableShape } from "./tables.ts";

export const EXPORT_FORMAT = "codex-loop-store";
export const EXPORT_VERSION = 1;

/** First line of an export. */
export interface ExportHeader {
  readonly format: typeof EXPORT_FORMAT;
  readonly version: number;
  /** Schema of the store it came from. */
  readonly schema: number;
  /** End of the seal chain; keep it elsewhere to check a log against later. */
  readonly seal: SealMark | null;
}

/** Rows held in memory at a time. */
const PAGE = 500;

/**
 * Chunks of whole lines: header, rows by table (events last), footer with the count and hash of all before it. Call it
 * inside one `read`, so that all tables are of one moment.
 */
export async function* exportStore(reader: Reader): AsyncGenerator<string> {
  const hash = runningSha256();
  let rows = 0;
  for await (const page of pages(reader)) {
    const chunk = page.lines.map((line) => `${canonicalJson(line)}\n`).join("");
    hash.update(chunk);
    rows += page.isHeader ? 0 : page.lines.length;
    yield chunk;
  }
  yield `${canonicalJson({ end: { rows, sha256: hash.hex() } })}\n`;
}

interface Page {
  readonly isHeader?: boolean;
  readonly lines: readonly unknown[];
}

async function* pages(reader: Reader): AsyncGenerator<Page> {
  yield { isHeader: true, lines: [await header(reader)] };
  for (const table of PLAIN_TABLES) yield* plainPages(reader, table);
  yield { lines: await cursorLines(reader) };
  yield* eventPages(reader);
}

async function header(reader: Reader): Promise<ExportHeader> {
  const last = await lastSeal(reader);
  return {
    format: EXPORT_FORMAT,
    version: EXPORT_VERSION,
    schema: await schemaVersion(reader),
    seal: last === null ? null : { n: last.n, hash: last.hash },
  };
}

type Values = Record<string, string | number | null>;

/** All rows of a table in the order of its key, each page starting behind the last key seen. */
async function* plainPages(reader: Reader, table: PlainTable): AsyncGenerator<Page> {
  const shape: TableShape = TABLES[table];
  const keys = sql.join(keysOf(shape).map((column) => sql.ref(column)));
  const columns = sql.join(Object.keys(shape).map((column) => sql.ref(column)));
  let behind = sql<boolean>`true`;
  for (;;) {
    const page = await sql<Values>`
      select ${columns} from ${sql.table(table)} where ${behind} order by ${keys} limit ${PAGE}
    `.execute(reader.db);
    const end = page.rows.at(-1);
    if (end === undefined) return;
    yield { lines: page.rows.map((row) => ({ table, row })) };
    behind = sql<boolean>`(${keys}) > (${sql.join(keysOf(shape).map((column) => end[column]))})`;
  }
}

/** A place belongs to one store, so a cursor travels as the number of events it has read. */
async function cursorLines(reader: Reader): Promise<readonly unknown[]> {
  const cursors = await reader.db.selectFrom("consumer_cursors").selectAll().orderBy("consumer").execute();
  const lines: unknown[] = [];
  for (const { consumer, position, updated_at } of cursors) {
    // Only `moveCursor` and imports write places.
    const read = await countUpTo(reader, position as Position);
    lines.push({ table: "consumer_cursors", row: { consumer, read, updated_at } });
  }
  return lines;
}

async function countUpTo(reader: Reader, position: Position): Promise<number> {
  const { count } = await reader.db
    .selectFrom("events")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where((eb) => eb.not(reader.dialect.places.after(eb, position)))
    .executeTakeFirstOrThrow();
  return count;
}

async function* eventPages(reader: Reader): AsyncGenerator<Page> {
  let after = reader.dialect.places.start;
  for (;;) {
    const rows = await readEventRows(reader, { after, limit: PAGE });
    const end = rows.at(-1);
    if (end === undefined) return;
    yield {
      lines: rows.map((row) => ({
        table: "events",
        row: Object.fromEntries(EVENT_COLUMNS.map((column) => [column, row[column]])),
      })),
    };
    after = end.position;
  }
}
