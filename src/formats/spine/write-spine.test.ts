import { expect, test } from "vitest";
import { rawLines, readAll } from "../../../test/fakes/raw-lines.ts";
import { aTrace } from "../../../test/fakes/session-trace.ts";
import { sha256 } from "../../kit/hash.ts";
import { instantOf } from "../../model/time.ts";
import type { SessionTrace } from "../../model/trace.ts";
import type { TraceRecord } from "../record.ts";
import { recordsOfSession } from "./records-of-session.ts";
import { spineReader } from "./spine-reader.ts";
import type { SegmentMeta } from "./spine-words.ts";
import { validateSpine } from "./validate-spine.ts";
import { writeBundle } from "./write-bundle.ts";
import { writeSpine } from "./write-spine.ts";

const AT = instantOf(Date.parse("2026-11-20T03:00:00.000Z"));

/** One of everything a thread can hold. */
function fullTrace(): SessionTrace {
  return aTrace("thread-1")
    .user("Fix add().\nThen test it.")
    .runs("npm test", { exit: 1, output: "1 test failed" })
    .patches({ "add.js": { kind: "update", removed: "aa", added: "bb" }, "new.js": "add" })
    .calls("mcp stub.echo", {}, '{"text":"hi"}')
    .calls("write_stdin", {}, '{"chars":"q"}')
    .calls("shell", { outcome: "denied_by_user", escalated: true, id: "call_no" }, "rm -rf build")
    .asks("call_no", "denied", 3)
    .calls("exec_command", { outcome: "sandbox_denied", exit: 1 }, "touch /etc/x")
    .responds(1_200)
    .responds(300, { provenance: "estimated" })
    .agent("Done.")
    .turn()
    .user("Take it back.")
    .marks("plan_update", "c0ffee", { count: 3 })
    .marks("warning", "output was truncated")
    .marks("stream_error", "reconnecting")
    .marks("error", "boom")
    .marks("compaction")
    .marks("undo")
    .marks("rollback", "", { count: 1 })
    .runs("sleep 9", { outcome: "unfinished" })
    .ends("interrupted")
    .turn()
    .user("And again.")
    .ends("failed", "usage_limit_exceeded")
    .build();
}

interface Files {
  readonly [path: string]: string;
}

async function filesOf(chunks: AsyncIterable<{ readonly path: string; readonly bytes: Uint8Array }>): Promise<Files> {
  const files: Record<string, string> = {};
  for await (const { path, bytes } of chunks) files[path] = (files[path] ?? "") + new TextDecoder().decode(bytes);
  return files;
}

function bundleOf(trace: SessionTrace): Promise<Files> {
  const rolloutPaths = trace.segments.map((segment) => segment.path);
  return filesOf(writeBundle(recordsOfSession(trace), { threadId: trace.session.id, at: AT, rolloutPaths }));
}

function check(files: Files, stem: string): ReturnType<typeof validateSpine> {
  return validateSpine(bytesOf(files[`${stem}.jsonl`] ?? ""), files[`${stem}.meta.json`] ?? null);
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

function metaOf(files: Files, stem: string): SegmentMeta {
  return JSON.parse(files[`${stem}.meta.json`] ?? "") as SegmentMeta;
}

test("[TRC-13] a bundle is what it was", async () => {
  const files = await bundleOf(fullTrace());
  expect(Object.keys(files)).toEqual(["spine/segment-000.jsonl", "spine/segment-000.meta.json", "bundle.json"]);
  for (const [path, text] of Object.entries(files)) {
    await expect(text).toMatchFileSnapshot(`../../../test/golden/spine/written/${path}`);
  }
});

test("[TRC-13] a bundle we write is valid, and its meta says what its bytes are", async () => {
  const files = await bundleOf(fullTrace());
  const segment = files["spine/segment-000.jsonl"] ?? "";
  const lines = segment.trimEnd().split("\n");
  expect(await check(files, "spine/segment-000")).toMatchObject({ valid: true, errors: [], records: lines.length });
  expect(metaOf(files, "spine/segment-000")).toEqual({
    schema_version: "codex_trace_spine_v1",
    thread_id: "thread-1",
    segment_index: 0,
    min_seq: 1,
    max_seq: lines.length,
    record_count: lines.length,
    bytes: Buffer.byteLength(segment),
    sha256: sha256(segment),
    created_at: AT,
    closed_at: AT,
  });
});

test("[TRC-13] a segment is closed at its limit and the numbers go on in the next", async () => {
  const records = recordsOfSession(fullTrace());
  const byRecords = await filesOf(writeSpine(records, { threadId: "t", at: AT, limits: { records: 10, bytes: 1e9 } }));
  const metas = [0, 1, 2, 3].map((index) => metaOf(byRecords, `segment-00${index}`));
  expect(metas.map((meta) => [meta.segment_index, meta.min_seq, meta.max_seq])).toEqual([
    [0, 1, 10],
    [1, 11, 20],
    [2, 21, 30],
    [3, 31, 38],
  ]);
  for (const index of [0, 1, 2, 3]) expect(await check(byRecords, `segment-00${index}`)).toMatchObject({ valid: true });

  const byBytes = await filesOf(writeSpine(records, { threadId: "t", at: AT, limits: { records: 1e9, bytes: 4_000 } }));
  const sizes = Object.keys(byBytes)
    .filter((path) => path.endsWith(".meta.json"))
    .map((path) => metaOf(byBytes, path.slice(0, -10)).bytes);
  expect(sizes.length).toBeGreaterThan(2);
  expect(sizes.slice(0, -1).every((bytes) => bytes >= 4_000 && bytes < 5_000)).toBe(true);
});

test("[TRC-13] nothing to write makes no empty segment", async () => {
  expect(await filesOf(writeSpine([{ kind: "ignored", type: "x" }], { threadId: "t", at: AT }))).toEqual({});
});

test("[TRC-13] a spine read back gives the same calls, outcomes, messages, tokens and marks", async () => {
  const trace = fullTrace();
  const files = await bundleOf(trace);
  const lines = readAll(spineReader, rawLines(files["spine/segment-000.jsonl"] ?? ""));
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
