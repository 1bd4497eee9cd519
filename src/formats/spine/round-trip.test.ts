import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { fullTrace } from "../../../test/fakes/full-trace.ts";
import { rawLines, readAll } from "../../../test/fakes/raw-lines.ts";
import { filesOf } from "../../../test/fakes/written-files.ts";
import { instantOf } from "../../model/time.ts";
import type { CallVerdict, TraceRecord } from "../record.ts";
import { rolloutReader } from "../rollout/rollout-reader.ts";
import { recordsOfSession } from "./records-of-session.ts";
import { spineReader } from "./spine-reader.ts";
import { validateSpine } from "./validate-spine.ts";
import { writeSpine } from "./write-spine.ts";

const OPTIONS = { threadId: "thread-1", at: instantOf(Date.parse("2026-11-20T03:00:00.000Z")) };

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

test("[TRC-13] a spine read back gives the same calls, outcomes, messages, tokens and marks", async () => {
  const trace = fullTrace();
  const files = await filesOf(writeSpine(recordsOfSession(trace), OPTIONS));
  const lines = readAll(spineReader, rawLines(files["segment-000.jsonl"] ?? ""));
  const records = lines.flatMap((line) => line.records);
  expect(records.filter((record) => record.kind === "unknown" || record.kind === "unreadable")).toEqual([]);

  expect(callsOf(records)).toEqual(
    trace.calls.map((call) => ({
      callId: call.callId,
      turnId: call.turnId,
      tool: call.tool,
      input: call.input,
      outcome: call.outcome,
      exitCode: call.exitCode,
      output: call.excerpt,
      changes: call.changes,
      escalated: call.escalated,
      startedAt: call.startedAt,
    })),
  );
  expect(
    records
      .filter((record) => record.kind === "message")
      .map(({ role, text, turnId, at }) => ({ role, text, turnId, at })),
  ).toEqual(trace.messages.map(({ role, text, turnId, at }) => ({ role, text, turnId, at })));
  expect(
    records
      .filter((record) => record.kind === "usage")
      .map(({ responseId, tokens, provenance }) => [responseId, tokens.total, provenance]),
  ).toEqual(trace.usage.map(({ responseId, total, provenance }) => [responseId, total, provenance]));
  expect(records.filter((record) => record.kind === "mark").map(({ mark, count }) => [mark, count])).toEqual(
    trace.marks.map(({ kind, count }) => [kind, count]),
  );
  expect(
    records
      .filter((record) => record.kind === "turn_ended")
      .map(({ turnId, outcome, error }) => [turnId, outcome, error]),
  ).toEqual(trace.turns.map(({ turnId, outcome, error }) => [turnId, outcome, error]));
  expect(
    records.filter((record) => record.kind === "turn_started").map(({ turnId, compaction }) => [turnId, compaction]),
  ).toEqual(trace.turns.map(({ turnId, kind }) => [turnId, kind === "compaction"]));
  expect(records[0]).toMatchObject({
    kind: "session",
    id: "thread-1",
    cliVersion: trace.session.cliVersion,
    startedAt: trace.session.startedAt,
  });
});

/** Calls as a fold would see them: the first beginning, the end's verdict. */
function callsOf(records: readonly TraceRecord[]): readonly object[] {
  const calls = new Map<string, Record<string, unknown>>();
  for (const record of records) {
    if (record.kind === "call_started" && !calls.has(record.callId)) {
      const { callId, turnId, tool, input, escalated, at, changes } = record;
      calls.set(callId, {
        callId,
        turnId,
        tool,
        input,
        outcome: "unfinished",
        exitCode: null,
        output: "",
        changes,
        escalated,
        startedAt: at,
      });
    }
    if (record.kind !== "call_ended") continue;
    const { outcome, exitCode, output } = record.verdict;
    calls.set(record.callId, { ...calls.get(record.callId), outcome, exitCode, output });
  }
  return [...calls.values()];
}

test("[TRC-13] every recording we have goes through a spine and comes back with its calls, messages, tokens and marks", async () => {
  const files = globSync("samples/**/rollout-*.jsonl", { cwd: ROOT });
  expect(files.length).toBeGreaterThan(15);
  for (const file of files) {
    const before = rawLines(readFileSync(`${ROOT}/${file}`, "utf8")).flatMap(
      (line) => rolloutReader.read(line).records,
    );
    const written = await filesOf(writeSpine(before, OPTIONS));
    expect(
      await validateSpine(bytesOf(written["segment-000.jsonl"] ?? ""), written["segment-000.meta.json"] ?? null),
      file,
    ).toMatchObject({ valid: true, errors: [] });
    const after = rawLines(written["segment-000.jsonl"] ?? "").flatMap((line) => spineReader.read(line).records);
    const decided = new Set(before.flatMap((record) => (isEnd(record) ? [record.callId] : [])));
    expect(comparable(after, decided), file).toEqual(comparable(before, decided));
    const ends = after.filter((record) => record.kind === "call_ended").map((record) => record.callId);
    expect(ends.length, file).toBe(new Set(ends).size);
  }
});

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

function isEnd(record: TraceRecord): record is Extract<TraceRecord, { kind: "call_ended" }> {
  return record.kind === "call_ended" && record.verdict.outcome !== "running";
}

/** What a spine has to carry, whatever the format it came from; of ends those that an output decided. */
function comparable(records: readonly TraceRecord[], decided: ReadonlySet<string>): readonly (readonly unknown[])[] {
  return records.map((record) => wordsOf(record, decided)).filter((words) => words.length > 0);
}

function wordsOf(record: TraceRecord, decided: ReadonlySet<string>): readonly unknown[] {
  switch (record.kind) {
    case "message":
      return [record.role, record.text, record.turnId];
    case "call_started":
      return ["call", record.callId, record.tool, record.family, record.input, record.escalated];
    case "call_ended": {
      const { outcome, exitCode, output } = record.verdict;
      return !isEnd(record) || !decided.has(record.callId) ? [] : ["end", record.callId, outcome, exitCode, output];
    }
    case "usage":
      return ["usage", record.responseId, record.tokens];
    case "token_count":
      return ["tokens", record.total, record.last];
    case "turn_ended":
      return ["turn", record.turnId, record.outcome, record.error];
    case "mark":
      return ["mark", record.mark, record.count];
    default:
      return [];
  }
}

test("[TRC-13] a call has one end: its output's, its item's when no output comes, and an item alone is a call", async () => {
  const verdict = (outcome: "ok" | "failed" | "running"): CallVerdict => ({
    outcome,
    exitCode: null,
    process: null,
    output: outcome,
    statedMs: null,
  });
  const shape = { at: null, turnId: "t", tool: "exec_command", input: "ls", family: "ls", changes: [] };
  const begin = (callId: string): TraceRecord => ({
    kind: "call_started",
    callId,
    ...shape,
    escalated: false,
    process: null,
  });
  const item = (callId: string): TraceRecord => ({
    kind: "call_item",
    callId,
    ...shape,
    startedAt: null,
    verdict: verdict("failed"),
  });
  const end = (callId: string, outcome: "ok" | "running"): TraceRecord => ({
    kind: "call_ended",
    at: null,
    callId,
    verdict: verdict(outcome),
  });
  const records = [
    begin("a"),
    item("a"),
    end("a", "ok"),
    item("a"),
    begin("b"),
    end("b", "running"),
    item("b"),
    item("c"),
    begin("d"),
  ];
  const written = await filesOf(writeSpine(records, OPTIONS));
  const after = rawLines(written["segment-000.jsonl"] ?? "").flatMap((line) => spineReader.read(line).records);
  const ends = after.flatMap((record) =>
    record.kind === "call_ended" ? [[record.callId, record.verdict.outcome]] : [],
  );
  expect(ends).toEqual([
    ["a", "ok"],
    ["c", "failed"],
    ["b", "failed"],
  ]);
});

test("[TRC-13] a patch goes with the files its item named", async () => {
  const verdict: CallVerdict = { outcome: "ok", exitCode: null, process: null, output: "", statedMs: null };
  const shape = { at: null, callId: "p", turnId: "t", tool: "apply_patch", input: "…", family: "apply_patch" };
  const file = { path: "add.js", kind: "update", removed: "aa", added: null } as const;
  const records: readonly TraceRecord[] = [
    { kind: "call_started", ...shape, escalated: false, process: null, changes: [] },
    { kind: "call_item", ...shape, startedAt: null, verdict, changes: [file] },
    { kind: "call_ended", at: null, callId: "p", verdict },
  ];
  const written = await filesOf(writeSpine(records, OPTIONS));
  const after = rawLines(written["segment-000.jsonl"] ?? "").flatMap((line) => spineReader.read(line).records);
  expect(after.find((record) => record.kind === "call_item")).toMatchObject({ changes: [file] });
});
