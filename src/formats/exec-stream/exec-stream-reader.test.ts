import fc from "fast-check";
import { expect, test } from "vitest";
import { readAll, sampleExecStream, sampleScenarios } from "../../../test/fakes/sample-recordings.ts";
import type { TraceRecord } from "../record.ts";
import { execStreamReader } from "./exec-stream-reader.ts";

function read(...lines: readonly unknown[]): readonly TraceRecord[] {
  const texts = lines.map((line) => (typeof line === "string" ? line : JSON.stringify(line)));
  return readAll(execStreamReader, texts).flatMap(({ records }) => records);
}

const STREAMS = sampleScenarios("0.169.0").flatMap(
  (folder) => sampleExecStream(folder)?.lines.map((line) => ({ folder, line })) ?? [],
);

function recordsOf(folder: string): readonly TraceRecord[] {
  return readAll(execStreamReader, sampleExecStream(folder)?.lines ?? []).flatMap(({ records }) => records);
}

test("[TRC-2] every recorded stream is read without a gap", () => {
  const records = readAll(
    execStreamReader,
    STREAMS.map(({ line }) => line),
  ).flatMap(({ records: all }) => all);
  expect(records.length).toBeGreaterThan(100);
  expect(records.filter(({ kind }) => kind === "unknown" || kind === "unreadable")).toEqual([]);
});

test("[TRC-2] a stream names its thread, its calls and their exit codes", () => {
  const records = recordsOf("0.169.0/exec-failure");
  expect(records[0]).toMatchObject({ kind: "session", id: "01a1f6cd-1c41-70d3-bbae-d1c0461908c9", timeless: true });
  const calls = records.flatMap((record) =>
    record.kind === "call_item" ? [[record.family, record.verdict.outcome, record.verdict.exitCode]] : [],
  );
  expect(calls).toEqual([
    ["node", "failed", 1],
    ["no-such-command-xyz", "failed", 127],
    ["node", "failed", 1],
    ["sleep", "failed", 3],
  ]);
  expect(records.at(-1)).toMatchObject({ kind: "turn_ended", outcome: "completed" });
});

test("[TRC-2] a killed stream leaves its call open, a failed turn says why", () => {
  const killed = recordsOf("0.169.0/aborted-sigterm");
  expect(killed.at(-1)).toMatchObject({
    kind: "call_started",
    tool: "exec_command",
    input: "echo started; sleep 30; echo never",
    family: "echo",
  });
  expect(killed.some(({ kind }) => kind === "turn_ended")).toBe(false);
  expect(recordsOf("0.169.0/err-quota").at(-1)).toMatchObject({
    kind: "turn_ended",
    outcome: "failed",
    error: "Quota exceeded. Check your plan and billing details.",
  });
});

test("[TRC-2] tool servers fail by their status, files are listed", () => {
  const server = recordsOf("0.169.0/mcp-and-subagent").flatMap((record) =>
    record.kind === "call_item" ? [[record.tool, record.verdict.outcome]] : [],
  );
  expect(server).toEqual([
    ["mcp stub.fail", "failed"],
    ["mcp stub.echo", "ok"],
    ["spawn_agent", "ok"],
    ["wait", "ok"],
  ]);
  const [patch] = recordsOf("0.169.0/apply-patch").flatMap((record) =>
    record.kind === "call_item" && record.tool === "apply_patch" ? [record] : [],
  );
  expect(patch?.changes.map(({ kind }) => kind)).toEqual(["add", "update"]);
});

test("[TRC-2] a reconnect is a stream error, fallback metadata a warning, anything else an error", () => {
  const marks = read(
    { type: "error", message: "Reconnecting... 1/2" },
    { type: "error", message: "Quota exceeded." },
    { type: "item.completed", item: { id: "item_0", type: "error", message: "Model metadata for `x` not found." } },
  );
  expect(marks.map((mark) => (mark.kind === "mark" ? mark.mark : mark.kind))).toEqual([
    "stream_error",
    "error",
    "warning",
  ]);
});

test("[TRC-2] usage of a turn is the thread's running total, never a response's", () => {
  const [total, ended] = read({
    type: "turn.completed",
    usage: { input_tokens: 9400, cached_input_tokens: 3072, output_tokens: 100 },
  });
  expect(total).toMatchObject({ kind: "token_count", total: { input: 9400, total: 9500 }, last: { total: 0 } });
  expect(ended).toMatchObject({ kind: "turn_ended", outcome: "completed" });
});

test("[TRC-2] the oldest streams speak in messages", () => {
  const records = read(
    { workdir: "/w", model: "m", provider: "p" },
    { prompt: "Fix add()." },
    { id: "", msg: { type: "session_configured", session_id: "b6225625", model: "m" } },
    { id: "0", msg: { type: "task_started" } },
    { id: "0", msg: { type: "exec_command_begin", call_id: "call_1", command: ["bash", "-lc", "npm test"] } },
    { id: "0", msg: { type: "exec_command_end", call_id: "call_1", stdout: "", stderr: "no", exit_code: 2 } },
    { id: "0", msg: { type: "agent_message", message: "Done." } },
    { id: "0", msg: { type: "task_complete", last_agent_message: "Done." } },
  );
  expect(records.map(({ kind }) => kind)).toEqual([
    "ignored",
    "ignored",
    "session",
    "turn_started",
    "ignored",
    "call_item",
    "message",
    "turn_ended",
  ]);
  expect(records[5]).toMatchObject({ callId: "call_1", verdict: { outcome: "failed", exitCode: 2 } });
});

test("[TRC-2] a plan is a mark that changes with its steps, not with its progress", () => {
  const plan = (...items: [string, boolean][]): TraceRecord | undefined =>
    read({
      type: "item.updated",
      item: { id: "i", type: "todo_list", items: items.map(([text, completed]) => ({ text, completed })) },
    })[0];
  expect(plan(["fix", false], ["test", false])).toMatchObject({ kind: "mark", mark: "plan_update", count: 2 });
  expect(plan(["fix", true], ["test", false])).toEqual(plan(["fix", false], ["test", false]));
  expect(plan(["fix", true], ["ship", false])).not.toEqual(plan(["fix", false], ["test", false]));
});

test("[TRC-9] mutated lines of streams never throw, and always say something", () => {
  const lines = STREAMS.map(({ line }) => line);
  fc.assert(
    fc.property(
      fc.constantFrom(...lines),
      fc.nat(10_000),
      fc.nat(40),
      fc.string({ maxLength: 6 }),
      (line, at, drop, insert) => {
        const from = at % line.length;
        const text = Buffer.concat([
          line.subarray(0, from),
          Buffer.from(insert),
          line.subarray(from + drop),
        ]).toString();
        expect(read(text).length).toBeGreaterThan(0);
      },
    ),
    { numRuns: 2000, seed: 5 },
  );
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom("type", "item", "msg", "usage", "error", "thread_id"), fc.jsonValue()),
      (line) => {
        expect(read(line).length).toBeGreaterThan(0);
      },
    ),
    { numRuns: 1000, seed: 5 },
  );
});
