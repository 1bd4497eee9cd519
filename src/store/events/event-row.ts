import type { Selectable } from "kysely";
import { canonicalJson, isObject, parseJson } from "../../kit/json.ts";
import { EVENT_TYPES, type Event, type EventPayload, type EventType, type Position } from "../../model/event.ts";
import { idOf } from "../../model/ids.ts";
import type { Instant } from "../../model/time.ts";
import type { EventsTable } from "../schema.ts";

/** A row of the log without its place, which belongs to one store. */
export type EventRow = Omit<Selectable<EventsTable>, "seq">;

/** An event and its place in the log of this store. */
export interface PlacedEvent extends Event {
  readonly position: Position;
}

/** The columns that make an event: what is sealed and exported. */
export const EVENT_COLUMNS: readonly ["id", "key", "type", "actor", "cause", "trace", "at", "simulated", "payload"] = [
  "id",
  "key",
  "type",
  "actor",
  "cause",
  "trace",
  "at",
  "simulated",
  "payload",
];

/** The text of a row that seals hash: its columns only, so the same event has the same text in every store. */
export function canonicalEvent(row: EventRow): string {
  return canonicalJson(Object.fromEntries(EVENT_COLUMNS.map((column) => [column, row[column]])));
}

export function eventOf(row: EventRow): Event {
  return {
    id: idOf.event(row.id),
    key: row.key,
    type: typeOf(row.type),
    actor: row.actor,
    cause: row.cause === null ? null : idOf.event(row.cause),
    trace: row.trace,
    // The adapter returns times as the text an act wrote.
    at: row.at as Instant,
    simulated: row.simulated === 1,
    payload: payloadOf(row.payload),
  };
}

function typeOf(text: string): EventType {
  const type = EVENT_TYPES.find((known) => known === text);
  if (type === undefined) throw new Error(`The event log holds the unknown type ${text}; a newer program wrote it.`);
  return type;
}

function payloadOf(text: string): EventPayload {
  const payload = parseJson(text);
  // Only `appendEvent` and imports write payloads, and both write objects of JSON.
  if (isObject(payload)) return payload as EventPayload;
  throw new Error("The event log holds a payload that is no JSON object; run `audit verify`.");
}
