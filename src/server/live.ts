/** `GET /live`: the event log as server-sent events. A reader that was away resumes after its `Last-Event-ID`. */
import type { Context } from "hono";
import { streamSSE } from "hono/streaming";
import type { Position } from "../model/event.ts";
import type { PlacedEvent } from "../store/events/event-row.ts";
import { lastPosition } from "../store/events/last-position.ts";
import { readEvents } from "../store/events/read-events.ts";
import type { Reader, Store } from "../store/store.ts";

export interface LiveFeed {
  readonly store: Store;
  /** Settles when something may have been appended, after a while in any case, and at once when the signal aborts. */
  readonly changed: (signal: AbortSignal) => Promise<void>;
  /** Aborted when the server closes. */
  readonly closing: AbortSignal;
}

const BATCH = 500;

/**
 * Reads until the log has nothing more and only then waits: an event that lands between the last read and the wait is
 * found by the next round at the latest, because waiting ends by itself.
 */
export function live(context: Context, feed: LiveFeed): Response {
  const asked = context.req.header("last-event-id") ?? "";
  return streamSSE(context, async (stream) => {
    const gone = new AbortController();
    stream.onAbort(() => gone.abort());
    const ended = AbortSignal.any([gone.signal, feed.closing]);
    let after = await feed.store.read((reader) => startOf(reader, asked));
    await stream.writeSSE({ event: "hello", data: "{}", id: after });
    while (!ended.aborted) {
      const start = after;
      const events = await feed.store.read((reader) => readEvents(reader, { after: start, limit: BATCH }));
      for (const event of events)
        await stream.writeSSE({ id: event.position, event: event.type, data: JSON.stringify(publicFields(event)) });
      after = events.at(-1)?.position ?? after;
      if (events.length === 0) await feed.changed(ended);
    }
  });
}

async function startOf(reader: Reader, asked: string): Promise<Position> {
  return reader.dialect.places.parse(asked) ?? (await lastPosition(reader));
}

function publicFields(event: PlacedEvent): object {
  const { id, type, key, at, payload, simulated } = event;
  return { id, type, key, at, payload, simulated };
}
