import { expect, test } from "vitest";
import { idOf } from "../../src/model/ids.ts";
import { putToolCalls } from "../../src/store/calls/put-tool-calls.ts";
import { putFrictionCosts } from "../../src/store/costs/put-friction-costs.ts";
import { readEvents } from "../../src/store/events/read-events.ts";
import { reportStore } from "../../src/store/export/report-store.ts";
import { putStoreFact } from "../../src/store/facts/put-store-fact.ts";
import { storeFact } from "../../src/store/facts/store-fact.ts";
import { putIngestCursors } from "../../src/store/ingest/put-ingest-cursors.ts";
import { putUnreadableLines } from "../../src/store/ingest/put-unreadable-lines.ts";
import { putMarks } from "../../src/store/marks/put-marks.ts";
import { putMessages } from "../../src/store/messages/put-messages.ts";
import { forgetSamples } from "../../src/store/sessions/forget-samples.ts";
import { putSegments } from "../../src/store/sessions/put-segments.ts";
import { putSessions } from "../../src/store/sessions/put-sessions.ts";
import { replaceSignals } from "../../src/store/signals/replace-signals.ts";
import type { Store, Tx } from "../../src/store/store.ts";
import { putTurns } from "../../src/store/turns/put-turns.ts";
import { putTokenUsage } from "../../src/store/usage/put-token-usage.ts";
import { storeSuite } from "./store-harness.ts";
import * as rows from "./trace-rows.ts";

const { STAMP } = rows;
const TRACES = [
  "sessions",
  "segments",
  "turns",
  "tool_calls",
  "messages",
  "token_usage",
  "marks",
  "signals",
  "friction_costs",
  "ingest_cursors",
  "unreadable_lines",
];

/** A session with one row of every kind. */
async function fill(tx: Tx, name: string, sample: boolean): Promise<void> {
  const sessionId = idOf.session(name);
  const segment = idOf.segment(`${name}.jsonl`);
  const place = { sessionId, segment };
  const path = `/sessions/${segment}`;
  await putSessions(tx, [rows.aSession({ id: sessionId, rootId: sessionId, sample })]);
  await putSegments(tx, [rows.aSegment({ sessionId, name: segment, path })]);
  await putTurns(tx, [rows.aTurn(place)]);
  await putToolCalls(tx, [rows.aCall({ ...place, startedAt: rows.minute(0) })]);
  await putMessages(tx, [rows.aMessage(place)]);
  await putTokenUsage(tx, [rows.aUsage({ ...place, responseId: idOf.response(name) })]);
  await putMarks(tx, [rows.aMark(place)]);
  const signal = rows.aSignal({ id: idOf.signal(name), sessionId });
  await replaceSignals(tx, { sessions: [sessionId], signals: [signal] });
  await putFrictionCosts(tx, { sessions: [sessionId], costs: [rows.aCost(signal)] });
  await putIngestCursors(tx, [rows.aCursor({ path, segment, sessionId })]);
  await putUnreadableLines(tx, [{ path: rows.plain(path), offset: 7, line: 2, reason: rows.plain("not JSON") }]);
}

async function countsOf(store: Store): Promise<Record<string, number>> {
  const sizes = await store.read(reportStore);
  return Object.fromEntries(
    sizes.filter(({ table }) => TRACES.includes(table)).map(({ table, rows: n }) => [table, n]),
  );
}

storeSuite("samples leave", (open) => {
  test("[JOB-1] every row of a sample goes, every other row stays", async () => {
    await using store = await open();
    await store.write(STAMP, async (tx) => {
      await fill(tx, "own", false);
    });
    const own = await countsOf(store);
    expect(Object.values(own)).toEqual(TRACES.map(() => 1));
    await store.write(STAMP, async (tx) => {
      await fill(tx, "sample-1", true);
      await fill(tx, "sample-2", true);
      await putStoreFact(tx, "sample", "1");
    });
    expect(await store.write(STAMP, forgetSamples)).toBe(2);
    expect(await countsOf(store)).toEqual(own);
    expect(await store.read((reader) => storeFact(reader, "sample"))).toBe("0");
    const [told] = (await store.read((reader) => readEvents(reader, { limit: 10 }))).slice(-1);
    expect(told).toMatchObject({ type: "store.pruned", payload: { samples: true, sessions: 2 } });
  });

  test("[JOB-1] a store of samples alone is empty afterwards; one without the mark is left as it is", async () => {
    await using store = await open();
    await store.write(STAMP, (tx) => fill(tx, "sample-1", true));
    expect(await store.write(STAMP, forgetSamples)).toBe(0);
    expect(Object.values(await countsOf(store))).toEqual(TRACES.map(() => 1));
    await store.write(STAMP, async (tx) => {
      await putIngestCursors(tx, [rows.aCursor({ path: "/samples/exec-events.jsonl", segment: idOf.segment("exec") })]);
      await putStoreFact(tx, "sample", "1");
    });
    expect(await store.write(STAMP, forgetSamples)).toBe(1);
    expect(Object.values(await countsOf(store))).toEqual(TRACES.map(() => 0));
    expect(await store.write(STAMP, forgetSamples)).toBe(0);
  });
});
