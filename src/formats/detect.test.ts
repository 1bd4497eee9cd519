import { expect, test } from "vitest";
import { sampleExecStream, sampleRollouts, sampleScenarios } from "../../test/fakes/sample-recordings.ts";
import { TRACE_SOURCES } from "../model/trace.ts";
import { detectReader, detectSource, readerOf } from "./detect.ts";

const SCENARIOS = [...sampleScenarios("0.169.0"), ...sampleScenarios("older")];

function sourceOf(name: string, firstLine: string): string | null {
  return detectSource({ name, firstLine: Buffer.from(firstLine) });
}

test.each(SCENARIOS)("[TRC-1] %s: every recording is known by its first line, whatever its name", (folder) => {
  for (const { lines } of sampleRollouts(folder)) {
    const firstLine = lines[0] ?? Buffer.alloc(0);
    expect(detectReader({ name: "copy.txt", firstLine })?.source).toBe("rollout");
    expect(detectSource({ name: "copy.txt", firstLine: firstLine.subarray(0, 200) })).toBe("rollout");
  }
});

test("[TRC-2] every recorded exec stream is known by its first line", () => {
  const streams = SCENARIOS.flatMap((folder) => sampleExecStream(folder) ?? []);
  expect(streams.length).toBeGreaterThan(5);
  for (const { lines } of streams) expect(sourceOf("copy.txt", Buffer.from(lines[0] ?? []).toString())).toBe("exec");
});

test("[TRC-2] the oldest exec streams begin with settings, a prompt or a message", () => {
  expect(sourceOf("a.jsonl", '{"workdir":"/w","model":"m","sandbox":"read-only"}')).toBe("exec");
  expect(sourceOf("a.jsonl", '{"id":"0","msg":{"type":"task_started"}}')).toBe("exec");
});

test("[TRC-1] other formats are told apart, and nothing is guessed", () => {
  expect(sourceOf("s.jsonl", '{"schema_version": "codex_trace_spine_v1","seq":1}')).toBe("spine");
  expect(sourceOf("toolcalls.ndjson", '{"tsIso":"2026-01-01T00:00:00Z","tool":"shell"}')).toBe("toolcalls");
  expect(sourceOf("rollout-2026-11-20T02-33-00-x.jsonl", '{"damaged')).toBe("rollout");
  expect(sourceOf("package.json", "{")).toBeNull();
  expect(sourceOf("data.jsonl", '{"type":"row","value":1}')).toBeNull();
  expect(sourceOf("empty.jsonl", "")).toBeNull();
});

test("[TRC-1] a source has its reader back when a file is read on", () => {
  for (const source of TRACE_SOURCES) expect(readerOf(source, "/repo/.codex/toolcalls.ndjson").source).toBe(source);
});
