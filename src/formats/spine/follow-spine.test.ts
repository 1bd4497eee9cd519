import { expect, test } from "vitest";
import type { MarkRecord, TraceRecord } from "../record.ts";
import { followSpine, NEW_SPINE_MEMORY, type Question, type SpineMemory } from "./follow-spine.ts";

function started(callId: string): TraceRecord {
  return {
    kind: "call_started",
    at: null,
    callId,
    turnId: "t",
    tool: "exec_command",
    input: "ls",
    family: "ls",
    escalated: false,
    process: null,
    changes: [],
  };
}

function mark(
  name: MarkRecord["mark"],
  ids: { readonly call: string | null; readonly turn: string | null },
  detail: string,
): MarkRecord {
  return { kind: "mark", mark: name, at: null, turnId: ids.turn, callId: ids.call, detail, count: null };
}

const asked = (callId: string): TraceRecord => mark("approval_asked", { call: callId, turn: "t" }, "exec");
const answered = (id: string, detail: string): TraceRecord => mark("approval_answered", { call: id, turn: id }, detail);

function follow(lines: readonly (readonly TraceRecord[])[]): {
  readonly questions: readonly Question[];
  readonly ends: readonly string[];
} {
  let memory: SpineMemory = { ...NEW_SPINE_MEMORY, turnId: "t" };
  const ends = lines.flatMap((records) => {
    const followed = followSpine(memory, records);
    memory = followed.memory;
    return followed.records.map(
      (record) => `${record.kind} ${"callId" in record ? record.callId : "turnId" in record ? record.turnId : ""}`,
    );
  });
  return { questions: memory.questions, ends };
}

test("[TRC-3] an answer to a turn closes the latest open question of that turn only", () => {
  const { ends, questions } = follow([
    [asked("a")],
    [asked("b")],
    [answered("t", "denied")],
    [answered("elsewhere", "denied")],
  ]);
  expect(ends).toEqual(["mark a", "mark b", "mark b", "call_ended b", "mark elsewhere"]);
  expect(questions).toEqual([{ callId: "a", turnId: "t", approved: false }]);
});

test("[TRC-3] an answer to a call closes that call's question, not the latest", () => {
  expect(follow([[asked("a")], [asked("b")], [answered("a", "denied")]]).ends).toEqual([
    "mark a",
    "mark b",
    "mark a",
    "call_ended a",
  ]);
});

test("[TRC-3] an approved call begins once and is forgotten when it ends", () => {
  const verdict = { outcome: "ok", exitCode: 0, process: null, output: "", statedMs: null } as const;
  const ended: TraceRecord = { kind: "call_ended", at: null, callId: "a", verdict };
  const { ends, questions } = follow([
    [started("a"), asked("a")],
    [answered("t", "approved")],
    [started("a")],
    [ended],
  ]);
  expect(ends).toEqual(["call_started a", "mark a", "mark a", "call_ended a"]);
  expect(questions).toEqual([]);
});

test("[TRC-3] a turn begins with the submission that asks for it, and only once", () => {
  const message = (turnId: string | null): TraceRecord => ({
    kind: "message",
    at: null,
    turnId,
    role: "user",
    text: "go",
  });
  const lateAnswer: TraceRecord = { kind: "message", at: null, turnId: "u", role: "agent", text: "done" };
  const begin = (turnId: string): TraceRecord => ({ kind: "turn_started", at: null, turnId, compaction: false });
  const end = (turnId: string): TraceRecord => ({
    kind: "turn_ended",
    at: null,
    turnId,
    outcome: "completed",
    error: null,
  });
  const context = (turnId: string): TraceRecord => ({
    kind: "context",
    at: null,
    turnId,
    model: null,
    approvalPolicy: null,
    sandbox: null,
    cwd: null,
  });
  // Said while a turn runs (`steer`), words belong to it and begin none.
  const lines = [
    [end("t")],
    [message("u")],
    [begin("u")],
    [message("steer")],
    [end("u")],
    [message(null)],
    [lateAnswer],
    [message("v")],
    [context("v")],
    [context("w")],
  ];
  expect(follow(lines).ends).toEqual([
    "turn_ended t",
    "turn_started u",
    "message u",
    "turn_started u",
    "message steer",
    "turn_ended u",
    "message null",
    "message u",
    "turn_started v",
    "message v",
    "context v",
    "turn_started w",
    "context w",
  ]);
});
