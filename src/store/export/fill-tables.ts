import type { Position } from "../../model/event.ts";
import type { EventRow } from "../events/event-row.ts";
import type { Tx } from "../store.ts";
import type { RowLine, Values } from "./parse-line.ts";

/** Rows written at a time. */
const BATCH = 500;

/** What an import has taken and not yet written. */
export interface Filling {
  readonly tx: Tx;
  /** Rows of one table, waiting for a full batch. */
  batch: RowLine[];
  /** They count events, so they wait for the log. */
  readonly cursors: Values[];
  rows: number;
}

export function startFilling(tx: Tx): Filling {
  return { tx, batch: [], cursors: [], rows: 0 };
}

export async function takeRow(filling: Filling, line: RowLine): Promise<void> {
  filling.rows += 1;
  if (line.table === "consumer_cursors") {
    filling.cursors.push(line.row);
    return;
  }
  if (filling.batch[0]?.table !== line.table || filling.batch.length >= BATCH) await writeBatch(filling);
  filling.batch.push(line);
}

export async function finishFilling(filling: Filling): Promise<void> {
  await writeBatch(filling);
  for (const cursor of filling.cursors) await placeCursor(filling.tx, cursor);
}

async function writeBatch({ tx, batch }: Filling): Promise<void> {
  const table = batch[0]?.table;
  const rows = batch.splice(0).map((line) => line.row);
  if (table === undefined) return;
  // The parser has checked every value against the table's shape.
  if (table === "events") await tx.dialect.insertMovedEvents(tx, rows as unknown as EventRow[]);
  else await tx.dialect.bulkInsert(tx, table, rows, { key: [], then: "ignore" });
}

/** Turns "has read n events" back into a place of this store. */
async function placeCursor(tx: Tx, cursor: Values): Promise<void> {
  const read = Number(cursor["read"]);
  const position = read < 1 ? tx.dialect.places.start : await placeOfEvent(tx, read);
  await tx.db
    .insertInto("consumer_cursors")
    .values({ consumer: String(cursor["consumer"]), position, updated_at: String(cursor["updated_at"]) })
    .execute();
}

async function placeOfEvent(tx: Tx, nth: number): Promise<Position> {
  const { places } = tx.dialect;
  const query = tx.db.selectFrom("events").select((eb) => places.of(eb).as("position"));
  const row = await places
    .inOrder(query)
    .limit(1)
    .offset(nth - 1)
    .executeTakeFirst();
  return row?.position ?? places.start;
}
