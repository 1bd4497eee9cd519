import { expect, test } from "vitest";
import { idOf } from "../../src/model/ids.ts";
import { putToolCalls } from "../../src/store/calls/put-tool-calls.ts";
import { putMarks } from "../../src/store/marks/put-marks.ts";
import { putMessages } from "../../src/store/messages/put-messages.ts";
import { clearDirtySessions } from "../../src/store/sessions/clear-dirty-sessions.ts";
import { getSession } from "../../src/store/sessions/get-session.ts";
import { listDirtySessions } from "../../src/store/sessions/list-dirty-sessions.ts";
import { listSessions } from "../../src/store/sessions/list-sessions.ts";
import { loadSessionTrace } from "../../src/store/sessions/load-session-trace.ts";
import { markSessionsDirty } from "../../src/store/sessions/mark-sessions-dirty.ts";
import { putSegments } from "../../src/store/sessions/put-segments.ts";
import { putSessions } from "../../src/store/sessions/put-sessions.ts";
import { replaceSignals } from "../../src/store/signals/replace-signals.ts";
import { putTurns } from "../../src/store/turns/put-turns.ts";
import { putTokenUsage } from "../../src/store/usage/put-token-usage.ts";
import { storeSuite } from "./store-harness.ts";
import {
  aCall,
  aMark,
  aMessage,
  aSegment,
  aSession,
  aSignal,
  aTurn,
  aUsage,
  minute,
  ONE,
  plain,
  STAMP,
} from "./trace-rows.ts";

const TWO = idOf.session("session-2");

storeSuite("sessions", (open) => {
  test("[STO-1] a session is listed with the sums of its own rows", async () => {
    await using store = await open();
    await store.write(STAMP, async (tx) => {
      await putSessions(tx, [aSession(), aSession({ id: TWO, startedAt: minute(-5), lastAt: minute(-5) })]);
      await putSegments(tx, [aSegment(), aSegment({ sessionId: TWO })]);
      await putTurns(tx, [aTurn(), aTurn({ offset: 700, turnId: idOf.turn("turn-2"), outcome: "interrupted" })]);
      await putToolCalls(tx, [aCall(), aCall({ offset: 110 }), aCall({ sessionId: TWO })]);
      await putMessages(tx, [
        aMessage({ offset: 60, text: plain("second") }),
        aMessage({ offset: 30, text: plain("x".repeat(400)) }),
        aMessage({ offset: 10, role: "agent", text: plain("not asked by anybody") }),
      ]);
      await putTokenUsage(tx, [aUsage(), aUsage({ responseId: idOf.response("resp-2"), provenance: "estimated" })]);
      const signals = [aSignal(), aSignal({ seq: 9 }), aSignal({ category: "zero_denial", type: "delight", seq: 0 })];
      await replaceSignals(tx, { sessions: [ONE], signals });
    });
    const listed = await store.read((reader) => listSessions(reader, { now: minute(0) }));
    expect(listed).toEqual([
      {
        session: aSession({ id: TWO, startedAt: minute(-5), lastAt: minute(-5) }),
        outcome: "running",
        turns: 0,
        calls: 1,
        tokens: null,
        friction: 0,
        delight: 0,
        title: null,
      },
      {
        session: aSession(),
        outcome: "interrupted",
        turns: 2,
        calls: 2,
        tokens: {
          input: 200,
          cachedInput: 80,
          cacheWriteInput: 10,
          output: 40,
          reasoning: 20,
          total: 240,
          provenance: "estimated",
        },
        friction: 2,
        delight: 1,
        title: "x".repeat(300),
      },
    ]);
    const one = await store.read((reader) => getSession(reader, ONE, { now: minute(0) }));
    expect(one).toEqual(listed[1]);
    expect(await store.read((reader) => getSession(reader, idOf.session("x"), { now: minute(0) }))).toBeNull();
  });

  test("[STO-1] sessions are cut by their last line and their number, the newest first", async () => {
    await using store = await open();
    await store.write(STAMP, (tx) =>
      putSessions(tx, [
        aSession({ id: idOf.session("a"), startedAt: minute(1), lastAt: minute(90) }),
        aSession({ id: idOf.session("b"), startedAt: minute(2), lastAt: minute(20) }),
        aSession({ id: idOf.session("c"), startedAt: null, lastAt: null }),
      ]),
    );
    const ids = async (options: { since?: number; limit?: number }): Promise<readonly string[]> => {
      const since = options.since === undefined ? {} : { since: minute(options.since) };
      const limit = options.limit === undefined ? {} : { limit: options.limit };
      const listed = await store.read((reader) => listSessions(reader, { now: minute(0), ...since, ...limit }));
      return listed.map(({ session }) => session.id);
    };
    expect(await ids({})).toEqual(["b", "a", "c"]);
    expect(await ids({ since: 21 })).toEqual(["a"]);
    expect(await ids({ limit: 1 })).toEqual(["b"]);
  });

  test("[STO-1] a session without an end runs until its last line is half an hour old", async () => {
    await using store = await open();
    await store.write(STAMP, async (tx) => {
      await putSessions(tx, [aSession({ lastAt: minute(0) })]);
      await putSegments(tx, [aSegment()]);
      await putTurns(tx, [aTurn({ outcome: "unfinished", endedAt: null })]);
    });
    const outcomeAt = async (now: number): Promise<readonly (string | undefined)[]> =>
      store.read(async (reader) => [
        (await getSession(reader, ONE, { now: minute(now) }))?.outcome,
        (await loadSessionTrace(reader, ONE, { now: minute(now) }))?.outcome,
      ]);
    expect(await outcomeAt(29)).toEqual(["running", "running"]);
    expect(await outcomeAt(30)).toEqual(["unfinished", "unfinished"]);
  });

  test("[STO-1] turns that a later segment or a rollback took back do not say how the session ended", async () => {
    await using store = await open();
    const [old, young] = [idOf.segment("rollout-1.jsonl"), idOf.segment("rollout-1_2.jsonl")];
    const ended = (n: number, said: Parameters<typeof aTurn>[0]): ReturnType<typeof aTurn> =>
      aTurn({ offset: n * 10, ordinal: n, turnId: idOf.turn(`turn-${n}`), ...said });
    await store.write(STAMP, async (tx) => {
      await putSessions(tx, [aSession(), aSession({ id: TWO })]);
      await putSegments(tx, [
        aSegment({ name: old }),
        aSegment({ name: young, firstOrdinal: 5 }),
        aSegment({ sessionId: TWO }),
      ]);
      await putTurns(tx, [ended(1, { segment: old }), ended(6, { segment: old, outcome: "failed" })]);
      await putTurns(tx, [
        ended(1, { sessionId: TWO }),
        ended(2, { sessionId: TWO, outcome: "failed" }),
        ended(3, { sessionId: TWO, outcome: "interrupted", kind: "compaction" }),
      ]);
      await putMarks(tx, [aMark({ sessionId: TWO, kind: "rollback", count: 1, offset: 35 })]);
    });
    const listed = await store.read((reader) => listSessions(reader, { now: minute(0) }));
    expect(listed.map(({ session, outcome }) => [session.id, outcome])).toEqual([
      [TWO, "completed"],
      [ONE, "completed"],
    ]);
    const traces = await store.read(async (reader) => [
      await loadSessionTrace(reader, ONE, { now: minute(0) }),
      await loadSessionTrace(reader, TWO, { now: minute(0) }),
    ]);
    expect(traces.map((trace) => trace?.turns.map(({ reverted }) => reverted))).toEqual([
      [false, true],
      [false, true, true],
    ]);
    expect(traces.map((trace) => trace?.outcome)).toEqual(["completed", "completed"]);
  });

  test("[STO-1] an exec stream adds to what the rollout said of a session and overrules nothing", async () => {
    await using store = await open();
    const exec = aSession({
      source: "exec",
      cliVersion: null,
      originator: plain("exec"),
      gitCommit: null,
      startedAt: minute(-90),
      lastAt: minute(-1),
      parentId: idOf.session("parent"),
    });
    await store.write(STAMP, (tx) => putSessions(tx, [aSession()]));
    await store.write(STAMP, (tx) => putSessions(tx, [exec]));
    const merged = await store.read((reader) => getSession(reader, ONE, { now: minute(0) }));
    expect(merged?.session).toEqual(
      aSession({ startedAt: minute(-90), lastAt: minute(-1), parentId: idOf.session("parent") }),
    );
  });

  test("[STO-1] a session that changed while its signals were computed stays dirty", async () => {
    await using store = await open();
    await store.write(STAMP, (tx) => markSessionsDirty(tx, [TWO, ONE, ONE]));
    const listed = await store.read((reader) => listDirtySessions(reader));
    expect(listed.map(({ id }) => id)).toEqual([ONE, TWO]);
    expect(await store.read((reader) => listDirtySessions(reader, { limit: 1 }))).toEqual(listed.slice(0, 1));
    await store.write(STAMP, (tx) => markSessionsDirty(tx, [TWO]));
    await store.write(STAMP, (tx) => clearDirtySessions(tx, listed));
    const left = await store.read((reader) => listDirtySessions(reader));
    expect(left.map(({ id }) => id)).toEqual([TWO]);
    await store.write(STAMP, (tx) => clearDirtySessions(tx, left));
    expect(await store.read((reader) => listDirtySessions(reader))).toEqual([]);
  });
});
