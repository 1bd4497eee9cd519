import { expect, test } from "vitest";
import { idOf } from "../../src/model/ids.ts";
import { putToolCalls } from "../../src/store/calls/put-tool-calls.ts";
import { countRows } from "../../src/store/facts/count-rows.ts";
import { putMarks } from "../../src/store/marks/put-marks.ts";
import { putMessages } from "../../src/store/messages/put-messages.ts";
import { loadSessionTrace } from "../../src/store/sessions/load-session-trace.ts";
import { loadSessionTraces } from "../../src/store/sessions/load-session-traces.ts";
import { putSegments } from "../../src/store/sessions/put-segments.ts";
import { putSessions } from "../../src/store/sessions/put-sessions.ts";
import type { Tx } from "../../src/store/store.ts";
import { putTurns } from "../../src/store/turns/put-turns.ts";
import { putTokenUsage } from "../../src/store/usage/put-token-usage.ts";
import { usageBy } from "../../src/store/usage/usage-by.ts";
import { storeSuite } from "./store-harness.ts";
import {
  aCall,
  aMark,
  aMessage,
  aSegment,
  aSession,
  aTurn,
  aUsage,
  FILE,
  minute,
  ONE,
  plain,
  STAMP,
} from "./trace-rows.ts";

async function putOneOfEach(tx: Tx): Promise<void> {
  await putSessions(tx, [aSession()]);
  await putSegments(tx, [aSegment()]);
  await putTurns(tx, [aTurn()]);
  await putToolCalls(tx, [aCall()]);
  await putMessages(tx, [aMessage()]);
  await putTokenUsage(tx, [aUsage()]);
  await putMarks(tx, [aMark()]);
}

storeSuite("traces", (open) => {
  test("[STO-1] what was put is what is loaded, field by field", async () => {
    await using store = await open();
    await store.write(STAMP, putOneOfEach);
    const trace = await store.read((reader) => loadSessionTrace(reader, ONE, { now: minute(0) }));
    expect(trace).toEqual({
      session: aSession(),
      outcome: "completed",
      segments: [aSegment()],
      turns: [aTurn()],
      calls: [aCall()],
      messages: [aMessage()],
      usage: [aUsage()],
      marks: [aMark()],
      seqOf: expect.any(Function),
    });
  });

  test("[STO-1] a session nobody knows has no trace", async () => {
    await using store = await open();
    await store.write(STAMP, putOneOfEach);
    const ids = [idOf.session("nobody"), ONE];
    const traces = await store.read((reader) => loadSessionTraces(reader, ids, { now: minute(0) }));
    expect(traces.map((trace) => trace.session.id)).toEqual([ONE]);
  });

  test("[STO-1] reading the same lines again changes nothing", async () => {
    await using store = await open();
    await store.write(STAMP, putOneOfEach);
    const once = await store.read((reader) => loadSessionTrace(reader, ONE, { now: minute(0) }));
    await store.write(STAMP, putOneOfEach);
    const twice = await store.read((reader) => loadSessionTrace(reader, ONE, { now: minute(0) }));
    expect({ ...twice, seqOf: null }).toEqual({ ...once, seqOf: null });
  });

  test("[STO-1] the end of a turn or call, read later, replaces its beginning", async () => {
    await using store = await open();
    const begun = aCall({
      outcome: "running",
      exitCode: null,
      endedAt: null,
      durationMs: null,
      endLine: 2,
      changes: [],
    });
    await store.write(STAMP, async (tx) => {
      await putOneOfEach(tx);
      await putToolCalls(tx, [begun, aCall({ outcome: "failed", exitCode: 1, escalated: true, sandboxed: false })]);
      await putTurns(tx, [aTurn({ outcome: "failed", error: plain("usage_limit_exceeded") })]);
    });
    const trace = await store.read((reader) => loadSessionTrace(reader, ONE, { now: minute(0) }));
    expect(trace?.calls).toEqual([aCall({ outcome: "failed", exitCode: 1, escalated: true, sandboxed: false })]);
    expect(trace?.turns[0]).toMatchObject({ outcome: "failed", error: "usage_limit_exceeded" });
    expect(trace?.outcome).toBe("failed");
  });

  test("[STO-1] several rows of one line stay apart and in their order", async () => {
    await using store = await open();
    const messages = [
      aMessage({ text: plain("b") }),
      aMessage({ text: plain("a") }),
      aMessage({ offset: 60, text: plain("c") }),
    ];
    const marks = [aMark({ kind: "warning" }), aMark({ kind: "compaction" })];
    const calls = [aCall({ callId: idOf.call("one") }), aCall({ callId: idOf.call("two") })];
    await store.write(STAMP, async (tx) => {
      await putOneOfEach(tx);
      await putMessages(tx, messages);
      await putMarks(tx, marks);
      await putToolCalls(tx, calls);
    });
    const trace = await store.read((reader) => loadSessionTrace(reader, ONE, { now: minute(0) }));
    expect(trace?.messages.map(({ text }) => text)).toEqual(["b", "a", "c"]);
    expect(trace?.marks.map(({ kind }) => kind)).toEqual(["warning", "compaction"]);
    expect(trace?.calls.map(({ callId }) => callId)).toEqual(["call-1", "one", "two"]);
  });

  test("[STO-1] the first writer of a response id keeps it", async () => {
    await using store = await open();
    await store.write(STAMP, async (tx) => {
      await putTokenUsage(tx, [aUsage({ total: 120 }), aUsage({ total: 999 })]);
      await putTokenUsage(tx, [aUsage({ sessionId: idOf.session("a fork"), total: 777 })]);
    });
    const slices = await store.read((reader) => usageBy(reader, { by: "session" }));
    expect(slices.map(({ key, tokens }) => [key, tokens.total])).toEqual([[ONE, 120]]);
  });

  test("[STO-1] rows of several segments come in the order of the thread, and seq counts over all lines", async () => {
    await using store = await open();
    const [first, second] = [idOf.segment("rollout-z.jsonl"), idOf.segment("rollout-a.jsonl")];
    await store.write(STAMP, async (tx) => {
      await putSessions(tx, [aSession()]);
      await putSegments(tx, [
        aSegment({ name: second, firstOrdinal: 40, lines: 3 }),
        aSegment({ name: first, firstOrdinal: 0, lines: 10 }),
      ]);
      await putMessages(tx, [
        aMessage({ segment: second, offset: 0, line: 1, text: plain("later") }),
        aMessage({ segment: first, offset: 900, line: 9, text: plain("earlier") }),
      ]);
    });
    const trace = await store.read((reader) => loadSessionTrace(reader, ONE, { now: minute(0) }));
    expect(trace?.segments.map(({ name }) => name)).toEqual([first, second]);
    expect(trace?.messages.map((message) => [message.text, trace.seqOf(message)])).toEqual([
      ["earlier", 9],
      ["later", 11],
    ]);
  });

  test("[STO-1] a bulk of more rows than one statement takes arrives whole", async () => {
    await using store = await open();
    const calls = Array.from({ length: 2345 }, (_, n) => aCall({ offset: n, callId: idOf.call(`call-${n}`) }));
    await store.write(STAMP, (tx) => putToolCalls(tx, calls), { durability: "rebuildable" });
    await store.write(STAMP, (tx) => putToolCalls(tx, []), { durability: "rebuildable" });
    expect(await store.read((reader) => countRows(reader, "tool_calls"))).toBe(2345);
  });

  test("[STO-1] usage adds up by day, session and model, and says how far it can be trusted", async () => {
    await using store = await open();
    const two = idOf.session("session-2");
    await store.write(STAMP, (tx) =>
      putTokenUsage(tx, [
        aUsage({ responseId: idOf.response("1"), at: minute(-1), total: 1 }),
        aUsage({ responseId: idOf.response("2"), at: minute(1), total: 10, provenance: "estimated" }),
        aUsage({
          responseId: idOf.response("3"),
          at: minute(2),
          total: 100,
          sessionId: two,
          model: plain("gpt-5-mini"),
        }),
        aUsage({ responseId: idOf.response("4"), at: null, total: 1000, sessionId: two, model: null }),
      ]),
    );
    const by = async (key: "day" | "session" | "model", since?: number): Promise<unknown> => {
      const options = since === undefined ? { by: key } : { by: key, since: minute(since) };
      const slices = await store.read((reader) => usageBy(reader, options));
      return slices.map((slice) => [
        slice.key,
        slice.model,
        slice.day,
        slice.tokens.total,
        slice.tokens.provenance,
        slice.responses,
      ]);
    };
    expect(await by("day")).toEqual([
      [null, null, null, 1000, "measured", 1],
      ["2026-11-19", "gpt-5", "2026-11-19", 1, "measured", 1],
      ["2026-11-20", "gpt-5", "2026-11-20", 10, "estimated", 1],
      ["2026-11-20", "gpt-5-mini", "2026-11-20", 100, "measured", 1],
    ]);
    expect(await by("session", 0)).toEqual([
      [ONE, "gpt-5", "2026-11-20", 10, "estimated", 1],
      [two, "gpt-5-mini", "2026-11-20", 100, "measured", 1],
    ]);
    expect(await by("model", 1)).toHaveLength(2);
  });

  test("[STO-1] text of every script and length comes back as it was", async () => {
    await using store = await open();
    const texts = [
      "",
      "é 𝄞 日本",
      "line\nbreak\ttab",
      '{"looks":"like json"}',
      "'; drop table messages; --",
      "x".repeat(300_000),
    ];
    const messages = texts.map((text, n) => aMessage({ offset: n, text: plain(text) }));
    await store.write(STAMP, async (tx) => {
      await putSessions(tx, [aSession()]);
      await putSegments(tx, [aSegment({ name: FILE })]);
      await putMessages(tx, messages);
    });
    const trace = await store.read((reader) => loadSessionTrace(reader, ONE, { now: minute(0) }));
    expect(trace?.messages.map(({ text }) => text)).toEqual(texts);
  });
});
