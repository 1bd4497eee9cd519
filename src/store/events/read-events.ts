import type { Position } from "../../model/event.ts";
import type { Reader } from "../store.ts";
import { EVENT_COLUMNS, eventOf, type EventRow, type PlacedEvent } from "./event-row.ts";

export interface ReadOptions {
  /** Behind which place to start; the beginning of the log when left out. */
  readonly after?: Position;
  readonly limit: number;
}

export interface PlacedRow extends EventRow {
  readonly position: Position;
}

/** Events in reading order. One that a transaction in flight may still precede is not seen yet. */
export async function readEvents(reader: Reader, options: ReadOptions): Promise<readonly PlacedEvent[]> {
  const rows = await readEventRows(reader, options);
  return rows.map((row) => ({ ...eventOf(row), position: row.position }));
}

/** The same as rows, for seals and exports. */
export async function readEventRows(reader: Reader, options: ReadOptions): Promise<readonly PlacedRow[]> {
  const { places, settled } = reader.dialect;
  const after = options.after ?? places.start;
  const query = reader.db
    .selectFrom("events")
    .select(EVENT_COLUMNS)
    .select((eb) => places.of(eb).as("position"))
    .where((eb) => eb.and([places.after(eb, after), settled(eb)]));
  return await places.inOrder(query).limit(options.limit).execute();
}
