import type { Event, EventType } from "../../model/event.ts";
import { moveCursor } from "../events/move-cursor.ts";
import { readCursor } from "../events/read-cursor.ts";
import { readEvents } from "../events/read-events.ts";
import type { Tx } from "../store.ts";
import { enqueueJobs, type JobOrder } from "./enqueue-jobs.ts";

/** What wakes a stage; `name` is the queue of its jobs. */
export interface Waking {
  readonly name: string;
  readonly wakesOn: readonly EventType[];
}

/** How many events a turn took and how many jobs it made; no events: nothing is left to turn, or somebody else took them. */
export interface Turned {
  readonly events: number;
  readonly jobs: number;
}

/** The consumer whose cursor says which events have become jobs. */
export const SCHEDULER = "scheduler";

/**
 * Turns the next events into one job per (stage, event id), in the transaction that moves the scheduler's cursor: a
 * restart loses no event and repeats none.
 */
export async function turnEventsIntoJobs(tx: Tx, stages: readonly Waking[], limit: number = 200): Promise<Turned> {
  const from = await readCursor(tx, SCHEDULER);
  const events = await readEvents(tx, { after: from, limit });
  const to = events.at(-1)?.position;
  if (to === undefined) return { events: 0, jobs: 0 };
  // The move comes first: of two schedulers at once only one gets past it.
  if (!(await moveCursor(tx, { consumer: SCHEDULER, from, to }))) return { events: 0, jobs: 0 };
  const jobs = await enqueueJobs(
    tx,
    events.flatMap((event) => ordersFor(event, stages)),
  );
  return { events: events.length, jobs: jobs.length };
}

function ordersFor(event: Event, stages: readonly Waking[]): readonly JobOrder[] {
  return stages
    .filter((stage) => stage.wakesOn.includes(event.type))
    .map((stage) => ({ queue: stage.name, key: event.id, payload: { event: event.id } }));
}
