import fc from "fast-check";
import { expect, test } from "vitest";
import { readAll, sampleRollouts, sampleScenarios } from "../../../test/fakes/sample-recordings.ts";
import type { TraceRecord } from "../record.ts";
import { rolloutReader } from "./rollout-reader.ts";

const SCENARIOS = [...sampleScenarios("0.169.0"), ...sampleScenarios("older")];
const LINES = SCENARIOS.flatMap((folder) => sampleRollouts(folder).flatMap(({ lines }) => lines));
function readText(text: string): readonly TraceRecord[] {
  return readAll(rolloutReader, [text])[0]?.records ?? [];
}

const CUT_BYTES = 600;

function cut(line: Uint8Array): readonly TraceRecord[] {
  if (line.length <= 2 * CUT_BYTES) return rolloutReader.read({ head: line, tail: null, length: line.length }).records;
  const head = line.subarray(0, CUT_BYTES);
  return rolloutReader.read({ head, tail: line.subarray(-CUT_BYTES), length: line.length }).records;
}

test("[TRC-8] a cut line still tells its call, its outcome and its exit code", () => {
  const ids = (records: readonly TraceRecord[]): unknown[] =>
    records.flatMap((record) => {
      if (record.kind === "call_started") return [[record.callId, record.tool, record.family]];
      if (record.kind === "call_ended" || record.kind === "call_item")
        return [[record.callId, record.verdict.outcome, record.verdict.exitCode]];
      return record.kind === "message" || record.kind === "session" || record.kind === "mark" ? [record.kind] : [];
    });
  const long = LINES.filter((line) => line.length > 2 * CUT_BYTES);
  expect(long.length).toBeGreaterThan(50);
  for (const line of LINES) expect(ids(cut(line))).toEqual(ids(readAll(rolloutReader, [line])[0]?.records ?? []));
});

test("[TRC-8] a cut result of an old shell keeps the exit code that stands in its tail", () => {
  const output = JSON.stringify({ output: "x\n".repeat(5000), metadata: { exit_code: 3, duration_seconds: 0.2 } });
  const payload = { type: "function_call_output", call_id: "call_1", output };
  const line = Buffer.from(JSON.stringify({ timestamp: "2026-11-20T02:33:02.099Z", type: "response_item", payload }));
  expect(cut(line)).toMatchObject([
    { kind: "call_ended", callId: "call_1", verdict: { outcome: "failed", exitCode: 3 } },
  ]);
});

test("[TRC-9] mutated lines never throw, and always say something", () => {
  const mutation = fc.record({
    line: fc.constantFrom(...LINES),
    at: fc.nat(100_000),
    drop: fc.nat(400),
    insert: fc.uint8Array({ maxLength: 8 }),
    isCut: fc.boolean(),
  });
  fc.assert(
    fc.property(mutation, ({ line, at, drop, insert, isCut }) => {
      const from = at % line.length;
      const mutated = Buffer.concat([line.subarray(0, from), insert, line.subarray(from + drop)]);
      const records = isCut
        ? cut(mutated)
        : rolloutReader.read({ head: mutated, tail: null, length: mutated.length }).records;
      expect(records.length).toBeGreaterThan(0);
    }),
    { numRuns: 3000, seed: 7 },
  );
});

test("[TRC-9] odd values in the right places never throw", () => {
  const heads = ["session_meta", "turn_context", "token_usage_record"].map((type) => ({
    type,
    payload: {} as Record<string, unknown>,
  }));
  const typed = [
    "function_call",
    "custom_tool_call",
    "function_call_output",
    "local_shell_call",
    "web_search_call",
  ].map((type) => ({ type: "response_item", payload: { type } }));
  const events = [
    "token_count",
    "task_complete",
    "item_completed",
    "patch_apply_end",
    "mcp_tool_call_end",
    "exec_command_end",
    "error",
  ].map((type) => ({ type: "event_msg", payload: { type } }));
  const names = [
    "id",
    "call_id",
    "output",
    "arguments",
    "input",
    "item",
    "info",
    "changes",
    "result",
    "usage",
    "command",
    "error",
    "plan",
    "name",
    "source",
    "history_base",
  ];
  const payload = fc.dictionary(fc.constantFrom(...names), fc.jsonValue(), { maxKeys: 8 });
  fc.assert(
    fc.property(fc.constantFrom(...heads, ...typed, ...events), payload, (base, members) => {
      const line = JSON.stringify({
        timestamp: "2026-11-20T02:33:02.099Z",
        type: base.type,
        payload: { ...base.payload, ...members },
      });
      expect(readText(line).length).toBeGreaterThan(0);
    }),
    { numRuns: 3000, seed: 11 },
  );
});
