import { expect, test } from "vitest";
import type { RunLogLine } from "../../../src/views/shapes/run.ts";
import { toldDiff, transcriptOf } from "./transcript.ts";

function linesOf(...said: readonly (readonly [event: string, facts: Record<string, unknown>])[]): RunLogLine[] {
  return said.map(([event, facts], index) => ({
    number: index + 1,
    at: `2026-11-21T10:00:0${index}.000Z`,
    event,
    facts,
  }));
}

test("[JOB-6] a call and its end are one row, and one without an end still runs", () => {
  const lines = linesOf(
    ["phase", { phase: "running" }],
    ["said", { text: "I look first." }],
    ["call_started", { callId: "1", tool: "shell", input: "npm test" }],
    ["call_ended", { callId: "1", tool: "shell", exitCode: 1, ok: false }],
    ["call_started", { callId: "2", tool: "shell", input: "ls" }],
  );
  expect(transcriptOf(lines)).toMatchObject([
    { kind: "fact", event: "phase", text: "running", isBad: false },
    { kind: "said", text: "I look first." },
    { kind: "call", number: 3, input: "npm test", outcome: "failed", exitCode: 1, took: 1000 },
    { kind: "call", number: 5, input: "ls", outcome: "running", exitCode: null, took: null },
  ]);
});

test("[JOB-6] lines of an unknown kind are shown with what they say", () => {
  expect(transcriptOf(linesOf(["new_word", { a: 1, b: null, c: { d: "x" } }]))).toMatchObject([
    { kind: "fact", event: "new_word", text: 'a 1 · c {"d":"x"}' },
  ]);
});

test("[JOB-6] while no change is recorded the diff is the last one the agent told of", () => {
  expect(toldDiff(linesOf(["diff", { diff: "one" }], ["said", { text: "x" }], ["diff", { diff: "two" }]))).toBe("two");
  expect(toldDiff(linesOf(["said", { text: "x" }]))).toBeNull();
});
