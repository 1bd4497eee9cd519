import type { IngestCursor } from "../../../store/ingest/get-ingest-cursor.ts";
import type { EventPayload } from "../../../model/event.ts";
import { putToolCalls } from "../../../store/calls/put-tool-calls.ts";
import { appendEvent } from "../../../store/events/append-event.ts";
import { mergeExecSegments } from "../../../store/ingest/merge-exec-segments.ts";
import { moveIngestedFile, type MovedFile } from "../../../store/ingest/move-ingested-file.ts";
import { putIngestCursors } from "../../../store/ingest/put-ingest-cursors.ts";
import { putMarks } from "../../../store/marks/put-marks.ts";
import { putMessages } from "../../../store/messages/put-messages.ts";
import { putSegments } from "../../../store/sessions/put-segments.ts";
import { putSessions } from "../../../store/sessions/put-sessions.ts";
import { markSessionsDirty } from "../../../store/sessions/mark-sessions-dirty.ts";
import type { Stamp, Store } from "../../../store/store.ts";
import { putTurns } from "../../../store/turns/put-turns.ts";
import { putUnreadableLines } from "../../../store/ingest/put-unreadable-lines.ts";
import { putTokenUsage } from "../../../store/usage/put-token-usage.ts";
import type { SessionId } from "../../../model/ids.ts";
import { SHOWN_UNREADABLE_LINES, type IngestTally } from "./tally.ts";
import { TraceRows } from "./trace-rows.ts";

/** Rows per transaction: enough to be fast, few enough that other writers wait only milliseconds. */
const BATCH_ROWS = 1_000;
const BATCH_CURSORS = 200;

export interface TraceWriterOptions {
  readonly stamp: Stamp;
  readonly tally: IngestTally;
}

/** What a batch brought, in numbers: its event is all that a sealed log will ever say of it. */
function batchPayload(rows: TraceRows, cursors: Iterable<IngestCursor>): EventPayload {
  return {
    files: [...cursors].filter((cursor) => cursor.sessionId !== null).length,
    sessions: rows.sessions.size,
    turns: rows.turns.size,
    calls: rows.calls.size,
    messages: rows.messages.length,
    unreadable: rows.unreadable.length,
  };
}

/** Gathers rows of many files and writes them in batches, each with the cursors that cover it. */
export class TraceWriter {
  readonly rows: TraceRows = new TraceRows();
  readonly #store: Store;
  readonly #stamp: Stamp;
  readonly #tally: IngestTally;
  readonly #cursors: Map<string, IngestCursor> = new Map();
  readonly #moved: MovedFile[] = [];

  constructor(store: Store, { stamp, tally }: TraceWriterOptions) {
    this.#store = store;
    this.#stamp = stamp;
    this.#tally = tally;
  }

  get isFull(): boolean {
    return this.rows.size >= BATCH_ROWS || this.#cursors.size >= BATCH_CURSORS;
  }

  putCursor(cursor: IngestCursor): void {
    this.#cursors.set(cursor.path, cursor);
  }

  /** The file has moved: its old place is forgotten with the next batch. */
  moveFile(moved: MovedFile): void {
    this.#moved.push(moved);
  }

  /** Rows, their event and the cursors, all or nothing; a stream joins its thread with the batch that brings the second of them. */
  async flush(): Promise<void> {
    if (this.rows.size === 0 && this.#cursors.size === 0) return;
    const { rows } = this;
    const sessions = [...rows.sessions.values()];
    const ids = sessions.map((session) => session.id);
    const merged = await this.#store.write(
      this.#stamp,
      async (tx) => {
        await putSessions(tx, sessions);
        await putSegments(tx, [...rows.segments.values()]);
        await putTurns(tx, [...rows.turns.values()]);
        await putToolCalls(tx, [...rows.calls.values()]);
        await putMessages(tx, rows.messages);
        await putTokenUsage(tx, rows.usage);
        await putMarks(tx, rows.marks);
        await putUnreadableLines(tx, rows.unreadable);
        await markSessionsDirty(tx, ids);
        for (const moved of this.#moved) await moveIngestedFile(tx, moved);
        await putIngestCursors(tx, [...this.#cursors.values()]);
        // A batch of files that hold no recording is remembered, and nothing to tell of.
        if (rows.size > 0 || ids.length > 0) {
          const payload = batchPayload(rows, this.#cursors.values());
          await appendEvent(tx, { type: "traces.ingested", key: "ingest", payload });
        }
        return mergeExecSegments(tx, ids);
      },
      { durability: "rebuildable" },
    );
    // What a stream and its rollout both tell is one turn and one call.
    rows.begun.turns = Math.max(0, rows.begun.turns - merged.turns);
    rows.begun.calls = Math.max(0, rows.begun.calls - merged.calls);
    this.#count(ids);
    this.#clear();
  }

  #count(sessions: readonly SessionId[]): void {
    const { rows } = this;
    for (const id of sessions) this.#tally.sessions.add(id);
    this.#tally.turns = rows.begun.turns;
    this.#tally.calls = rows.begun.calls;
    this.#tally.unreadable += rows.unreadable.length;
    const room = SHOWN_UNREADABLE_LINES - this.#tally.unreadableLines.length;
    this.#tally.unreadableLines.push(...rows.unreadable.slice(0, Math.max(0, room)));
  }

  #clear(): void {
    this.rows.clear();
    this.#cursors.clear();
    this.#moved.length = 0;
  }
}
