import { expect, test } from "vitest";
import { idOf } from "../../src/model/ids.ts";
import { putToolCalls } from "../../src/store/calls/put-tool-calls.ts";
import { countRows } from "../../src/store/facts/count-rows.ts";
import { putStoreFact } from "../../src/store/facts/put-store-fact.ts";
import { storeFact } from "../../src/store/facts/store-fact.ts";
import { forgetSegment } from "../../src/store/ingest/forget-segment.ts";
import { getIngestCursor } from "../../src/store/ingest/get-ingest-cursor.ts";
import { listIngestCursors } from "../../src/store/ingest/list-ingest-cursors.ts";
import { listUnreadableLines } from "../../src/store/ingest/list-unreadable-lines.ts";
import { moveIngestedFile } from "../../src/store/ingest/move-ingested-file.ts";
import { putIngestCursors } from "../../src/store/ingest/put-ingest-cursors.ts";
import { putUnreadableLines } from "../../src/store/ingest/put-unreadable-lines.ts";
import { putMarks } from "../../src/store/marks/put-marks.ts";
import { putMessages } from "../../src/store/messages/put-messages.ts";
import { searchText } from "../../src/store/search/search-text.ts";
import { getSession } from "../../src/store/sessions/get-session.ts";
import { listDirtySessions } from "../../src/store/sessions/list-dirty-sessions.ts";
import { putSegments } from "../../src/store/sessions/put-segments.ts";
import { putSessions } from "../../src/store/sessions/put-sessions.ts";
import { replaceSignals } from "../../src/store/signals/replace-signals.ts";
import type { Reader, Tx } from "../../src/store/store.ts";
import { putTurns } from "../../src/store/turns/put-turns.ts";
import { putTokenUsage } from "../../src/store/usage/put-token-usage.ts";
import { storeSuite } from "./store-harness.ts";
import {
  aCall,
  aCursor,
  aMark,
  aMessage,
  aSegment,
  aSession,
  aSignal,
  aTurn,
  aUsage,
  FILE,
  minute,
  ONE,
  plain,
  STAMP,
} from "./trace-rows.ts";

const PATH = `/sessions/${FILE}`;
const OTHER = idOf.segment("rollout-2.jsonl");
const PLACED = ["turns", "tool_calls", "messages", "token_usage", "marks"] as const;

/** One row of every kind in each of two segments of one session. */
async function fillTwoSegments(tx: Tx): Promise<void> {
  await putSessions(tx, [aSession()]);
  await putSegments(tx, [aSegment(), aSegment({ name: OTHER, path: `/sessions/${OTHER}`, firstOrdinal: 10 })]);
  for (const segment of [FILE, OTHER]) {
    await putTurns(tx, [aTurn({ segment })]);
    await putToolCalls(tx, [aCall({ segment })]);
    await putMessages(tx, [aMessage({ segment, text: plain("pelican") })]);
    await putTokenUsage(tx, [aUsage({ segment, responseId: idOf.response(segment) })]);
    await putMarks(tx, [aMark({ segment })]);
  }
  await putIngestCursors(tx, [aCursor(), aCursor({ path: `/sessions/${OTHER}`, segment: OTHER })]);
  await putUnreadableLines(tx, [{ path: plain(PATH), offset: 7, line: 2, reason: plain("not JSON") }]);
  await replaceSignals(tx, { sessions: [ONE], signals: [aSignal()] });
}

async function countPlaced(reader: Reader): Promise<readonly number[]> {
  const counts: number[] = [];
  for (const table of PLACED) counts.push(await countRows(reader, table));
  return counts;
}

storeSuite("ingest", (open) => {
  test("[STO-1] a cursor comes back whole, is replaced by its successor, and is forgotten when its file has moved", async () => {
    await using store = await open();
    const grown = aCursor({ size: 9000, offset: 8990, sessionId: null, state: "" });
    await store.write(STAMP, async (tx) => {
      await putIngestCursors(tx, [aCursor(), aCursor({ path: "/a" })]);
      await putIngestCursors(tx, [grown]);
    });
    const { state: _, ...facts } = grown;
    const { state: __, ...first } = aCursor({ path: "/a" });
    expect(await store.read((reader) => getIngestCursor(reader, PATH))).toEqual(grown);
    expect(await store.read((reader) => listIngestCursors(reader))).toEqual([first, facts]);
    const lines = ["/a", PATH].map((path) => ({ path: plain(path), offset: 5, line: 1, reason: plain("not JSON") }));
    const moved = { from: PATH, reportedFrom: plain(PATH), reportedTo: plain("/archived") };
    await store.write(STAMP, async (tx) => {
      await putUnreadableLines(tx, lines);
      await moveIngestedFile(tx, moved);
    });
    const kept = await store.read((reader) => listUnreadableLines(reader));
    expect(kept.map(({ path }) => path)).toEqual(["/a", "/archived"]);
    expect(await store.read((reader) => getIngestCursor(reader, PATH))).toBeNull();
  });

  test("[STO-1] lines that could not be read are kept with file, place and reason", async () => {
    await using store = await open();
    const lines = [5, 70].map((offset) => ({ path: plain("/b"), offset, line: offset / 5, reason: plain("not JSON") }));
    await store.write(STAMP, async (tx) => {
      await putUnreadableLines(tx, lines);
      await putUnreadableLines(tx, lines);
    });
    expect(await store.read((reader) => listUnreadableLines(reader))).toEqual(lines);
    expect(await store.read((reader) => listUnreadableLines(reader, { limit: 1 }))).toEqual(lines.slice(0, 1));
  });

  test("[STO-1] forgetting one segment leaves the others and marks the session dirty", async () => {
    await using store = await open();
    await store.write(STAMP, fillTwoSegments);
    await store.write(STAMP, (tx) => forgetSegment(tx, { path: PATH, segment: FILE, reportedAs: plain(PATH) }));
    expect(await store.read(countPlaced)).toEqual([1, 1, 1, 1, 1]);
    expect(await store.read((reader) => getIngestCursor(reader, PATH))).toBeNull();
    expect(await store.read((reader) => listUnreadableLines(reader))).toEqual([]);
    expect((await store.read((reader) => listDirtySessions(reader))).map(({ id }) => id)).toEqual([ONE]);
    expect(await store.read((reader) => getSession(reader, ONE, { now: minute(0) }))).not.toBeNull();
    const found = await store.read((reader) => searchText(reader, "pelican"));
    expect(found.map(({ segment }) => segment)).toEqual([OTHER]);
  });

  test("[STO-1] a session goes with its last segment, which may be known by its path alone", async () => {
    await using store = await open();
    await store.write(STAMP, fillTwoSegments);
    await store.write(STAMP, async (tx) => {
      for (const path of [PATH, `/sessions/${OTHER}`, "/never/read"]) {
        await forgetSegment(tx, { path, segment: null, reportedAs: plain(path) });
      }
    });
    expect(await store.read(countPlaced)).toEqual([0, 0, 0, 0, 0]);
    expect(await store.read((reader) => getSession(reader, ONE, { now: minute(0) }))).toBeNull();
    expect(await store.read((reader) => countRows(reader, "signals"))).toBe(0);
    expect(await store.read((reader) => listDirtySessions(reader))).toEqual([]);
    expect(await store.read((reader) => searchText(reader, "pelican"))).toEqual([]);
  });

  test("[STO-1] a fact is what was put last, and nothing before", async () => {
    await using store = await open();
    expect(await store.read((reader) => storeFact(reader, "last_daily_at"))).toBeNull();
    await store.write(STAMP, async (tx) => {
      await putStoreFact(tx, "last_daily_at", minute(1));
      await putStoreFact(tx, "last_daily_at", minute(2));
    });
    expect(await store.read((reader) => storeFact(reader, "last_daily_at"))).toBe(minute(2));
  });
});
