import { expect, test } from "vitest";
import { goldenLines, rawLine, readAll } from "../../../test/fakes/raw-lines.ts";
import type { TraceRecord } from "../record.ts";
import { toolcallsReader, toolcallsSessionId } from "./toolcalls-reader.ts";

const PATH = "/home/ada/shop/.codex/toolcalls.ndjson";
const LINES = goldenLines("toolcalls/day.ndjson");

function recordsOf<Kind extends TraceRecord["kind"]>(
  kind: Kind,
  reader = toolcallsReader(PATH),
): readonly Extract<TraceRecord, { kind: Kind }>[] {
  const records = readAll(reader, LINES).flatMap((line) => line.records);
  return records.filter((record): record is Extract<TraceRecord, { kind: Kind }> => record.kind === kind);
}

test("[TRC-4] a file's calls of one UTC day are one session", () => {
  const ids = recordsOf("session").map((session) => session.id);
  const [first, second] = [toolcallsSessionId(PATH, "2026-03-10"), toolcallsSessionId(PATH, "2026-03-11")];
  expect(ids).toEqual([first, first, first, first, first, first, second, second]);
  expect(toolcallsSessionId("/elsewhere/toolcalls.ndjson", "2026-03-10")).not.toBe(first);
});

test("[TRC-4] a line is a call with its outcome, its error and the time it took", () => {
  const calls = recordsOf("call_item").map(({ tool, family, verdict, startedAt, at }) => [
    tool,
    family,
    verdict.outcome,
    verdict.statedMs,
    startedAt,
    at,
  ]);
  expect(calls.slice(1, 3)).toEqual([
    ["npm", "npm test", "failed", 2000, "2026-03-10T08:00:58.000Z", "2026-03-10T08:01:00.000Z"],
    ["npm", "npm test", "failed", 2500, "2026-03-10T08:03:57.500Z", "2026-03-10T08:04:00.000Z"],
  ]);
  expect(calls[5]).toEqual(["git", "git push", "ok", null, null, "2026-03-10T09:30:00.000Z"]);
  expect(recordsOf("call_item")[1]?.verdict.output).toBe("exit-1: 2 tests failed");
});

test("[TRC-4] usage is found under every name and place, and what is guessed is marked", () => {
  const usage = recordsOf("usage").map(({ tokens, provenance }) => ({ ...tokens, provenance }));
  expect(usage).toEqual([
    {
      input: 900,
      cachedInput: 600,
      cacheWriteInput: 10,
      output: 150,
      reasoning: 50,
      total: 1060,
      provenance: "measured",
    },
    // 2 s at 45 tokens: half out, 32 % in, the rest reasoning.
    { input: 29, cachedInput: 0, cacheWriteInput: 0, output: 61, reasoning: 16, total: 90, provenance: "estimated" },
    { input: 300, cachedInput: 0, cacheWriteInput: 0, output: 20, reasoning: 5, total: 320, provenance: "measured" },
    { input: 10, cachedInput: 0, cacheWriteInput: 0, output: 5, reasoning: 0, total: 15, provenance: "estimated" },
    { input: 7, cachedInput: 0, cacheWriteInput: 0, output: 0, reasoning: 0, total: 7, provenance: "measured" },
    { input: 1, cachedInput: 0, cacheWriteInput: 0, output: 1, reasoning: 0, total: 1, provenance: "measured" },
    { input: 1, cachedInput: 0, cacheWriteInput: 0, output: 1, reasoning: 0, total: 1, provenance: "measured" },
  ]);
});

test("[TRC-4] a tool that uses no model gets no guess, and nobody does when guessing is off", () => {
  const times = recordsOf("usage").map((usage) => usage.at);
  expect(times).not.toContain("2026-03-10T09:00:00.000Z");
  const provenances = recordsOf("usage", toolcallsReader(PATH, { estimate: null })).map((usage) => usage.provenance);
  expect(provenances.filter((provenance) => provenance === "estimated")).toHaveLength(1); // the logger's own guess
});

test("[TRC-4] the retry governor's label is kept as it stands", () => {
  const marks = recordsOf("mark").map(({ mark, detail, count }) => [
    mark,
    JSON.parse(detail.slice("retryGovernor ".length)),
    count,
  ]);
  expect(marks[1]).toEqual([
    "warning",
    {
      enabled: true,
      signature: "npm::test::exit-1",
      burstCount: 2,
      burstThreshold: 2,
      windowMinutes: 15,
      triggered: true,
      action: "pause-and-diagnose",
    },
    2,
  ]);
});

test("[TRC-4] a line without a time or an outcome is set aside with its reason", () => {
  expect(recordsOf("unreadable").map((record) => record.reason)).toEqual(["tsIso is not a time", "not JSON"]);
  const reader = toolcallsReader(PATH);
  const reasons = ['{"tsIso":"2026-03-10T08:00:00Z","ok":"yes"}', "[]", '{"ok":true}'].map(
    (text) => reader.read(rawLine(text)).records,
  );
  expect(reasons).toEqual([
    [{ kind: "unreadable", reason: "ok is neither true nor false" }],
    [{ kind: "unreadable", reason: "not a JSON object" }],
    [{ kind: "unreadable", reason: "tsIso is not a time" }],
  ]);
});

test("[TRC-4] the same line is the same call, also after a second reading; another file's is not", () => {
  const ids = recordsOf("call_item").map((call) => call.callId);
  expect(ids[6]).toBe(ids[7]);
  expect(new Set(ids).size).toBe(7);
  expect(recordsOf("call_item").map((call) => call.callId)).toEqual(ids);
  expect(recordsOf("call_item", toolcallsReader("/other")).map((call) => call.callId)[0]).not.toBe(ids[0]);
});

test("[TRC-4] a duration no date can hold leaves the start unknown", () => {
  const line = rawLine(
    '{"tsIso":"2026-03-10T08:00:00.000Z","ok":true,"tool":"npm","action":"test","durationMs":1e300}',
  );
  expect(toolcallsReader(PATH).read(line).records[1]).toMatchObject({ kind: "call_item", startedAt: null });
});

test("[TRC-4] a logged call leaves nothing open", () => {
  expect(recordsOf("turn_ended").map(({ outcome, at }) => [outcome, at])).toEqual(
    recordsOf("call_item").map(({ at }) => ["completed", at]),
  );
});
