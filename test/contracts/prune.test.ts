import { expect, test } from "vitest";
import { idOf } from "../../src/model/ids.ts";
import { pruneSessions } from "../../src/store/export/prune-sessions.ts";
import { getIngestCursor } from "../../src/store/ingest/get-ingest-cursor.ts";
import { listIngestCursors } from "../../src/store/ingest/list-ingest-cursors.ts";
import { listUnreadableLines } from "../../src/store/ingest/list-unreadable-lines.ts";
import { putIngestCursors } from "../../src/store/ingest/put-ingest-cursors.ts";
import { putUnreadableLines } from "../../src/store/ingest/put-unreadable-lines.ts";
import { putSegments } from "../../src/store/sessions/put-segments.ts";
import { putSessions } from "../../src/store/sessions/put-sessions.ts";
import type { Tx } from "../../src/store/store.ts";
import { storeSuite } from "./store-harness.ts";
import { aCursor, aSegment, aSession, minute, plain, STAMP } from "./trace-rows.ts";

const CHECKPOINT = '{"open":[{"input":"what was said"}]}';

/** A session read from `file`, which stopped inside a call of it and had a damaged line. */
async function fill(tx: Tx, name: string, { file, lastMinute }: { file: string; lastMinute: number }): Promise<void> {
  const id = idOf.session(name);
  const segment = idOf.segment(file);
  await putSessions(tx, [aSession({ id, rootId: id, lastAt: minute(lastMinute) })]);
  await putSegments(tx, [aSegment({ sessionId: id, name: segment, path: `/r/${file}` })]);
  await putIngestCursors(tx, [aCursor({ path: `/r/${file}`, segment, sessionId: id, state: CHECKPOINT })]);
  await putUnreadableLines(tx, [{ path: plain(`/r/${file}`), offset: 7, line: 2, reason: plain("not_json") }]);
}

storeSuite("what a prune leaves", (open) => {
  test("[STO-8] nothing that was said stays of an old session, only that its file was read", async () => {
    await using store = await open();
    await store.write(STAMP, async (tx) => {
      await fill(tx, "old", { file: "old.jsonl", lastMinute: 0 });
      await fill(tx, "new", { file: "new.jsonl", lastMinute: 90 });
    });
    const before = await store.read(listIngestCursors);
    const pruned = await store.write(STAMP, (tx) => pruneSessions(tx, { before: minute(60), limit: 10 }));
    expect(pruned).toEqual({ sessions: 1, rows: 3 });
    expect((await store.read((reader) => listUnreadableLines(reader))).map(({ path }) => path)).toEqual([
      "/r/new.jsonl",
    ]);
    expect(await store.read(listIngestCursors)).toEqual(before);
    const states = await store.read(async (reader) => [
      (await getIngestCursor(reader, "/r/old.jsonl"))?.state,
      (await getIngestCursor(reader, "/r/new.jsonl"))?.state,
    ]);
    expect(states).toEqual(["null", CHECKPOINT]);
  });

  test("[STO-8] the damaged lines of a file of several sessions stay until the last of them goes", async () => {
    await using store = await open();
    await store.write(STAMP, async (tx) => {
      await fill(tx, "old", { file: "both.ndjson", lastMinute: 0 });
      await fill(tx, "new", { file: "both.ndjson", lastMinute: 90 });
    });
    await store.write(STAMP, (tx) => pruneSessions(tx, { before: minute(60), limit: 10 }));
    expect(await store.read((reader) => listUnreadableLines(reader))).toHaveLength(1);
    expect(await store.read((reader) => getIngestCursor(reader, "/r/both.ndjson"))).toMatchObject({
      state: CHECKPOINT,
    });
    await store.write(STAMP, (tx) => pruneSessions(tx, { before: minute(120), limit: 10 }));
    expect(await store.read((reader) => listUnreadableLines(reader))).toEqual([]);
  });
});
