import { expect, test } from "vitest";
import type { TimelineRow, ToolCallRow } from "../../../src/views/shapes/session.ts";
import type { SignalRow } from "../../../src/views/shapes/signal.ts";
import { drawTimeline, indexOfSeq, lineOfSeq, seqOfLine } from "./timeline.ts";

const SEGMENTS = [
  { name: "one", path: "/one.jsonl", lines: 10 },
  { name: "two", path: "/two.jsonl", lines: 5 },
];

test("[JOB-1] file and line count over all segments of a thread, and back", () => {
  expect(seqOfLine(SEGMENTS, "one", 3)).toBe(3);
  expect(seqOfLine(SEGMENTS, "two", 3)).toBe(13);
  expect(seqOfLine(SEGMENTS, "three", 3)).toBeNull();
  expect(lineOfSeq(SEGMENTS, 10)).toEqual({ path: "/one.jsonl", line: 10 });
  expect(lineOfSeq(SEGMENTS, 13)).toEqual({ path: "/two.jsonl", line: 3 });
  expect([0, 16].map((seq) => lineOfSeq(SEGMENTS, seq))).toEqual([null, null]);
});

test("[JOB-1] a line that is not shown leads to the last one shown before it", () => {
  const rows = [{ seq: 2 }, { seq: 5 }, { seq: 5 }, { seq: 9 }];
  expect([2, 5, 7, 9, 40].map((seq) => indexOfSeq(rows, seq))).toEqual([0, 1, 2, 3, 3]);
  expect(indexOfSeq(rows, 1)).toBe(0);
  expect(indexOfSeq([], 1)).toBe(-1);
});

function call(call_id: string, parent_call_id: string | null): ToolCallRow {
  return {
    call_id,
    parent_call_id,
    turn_id: null,
    tool: "exec",
    family: "ls",
    input: "ls",
    outcome: "ok",
    exit_code: 0,
    duration_ms: null,
    started_at: null,
    excerpt: "",
    line: 1,
  };
}

function rowOf(seq: number, item: ToolCallRow): TimelineRow {
  return { kind: "call", seq, at: null, call: item };
}

test("nested calls are as deep as their parents, and a circle of parents ends", () => {
  const timeline = [
    rowOf(1, call("cell", null)),
    rowOf(2, call("inner", "cell")),
    rowOf(3, call("innermost", "inner")),
    rowOf(4, call("egg", "hen")),
    rowOf(5, call("hen", "egg")),
  ];
  const { items } = drawTimeline({ timeline, signals: [], segments: SEGMENTS });
  expect(items.map((item) => item.depth)).toEqual([0, 1, 2, 4, 4]);
});

test("[JOB-1] signals stand on their lines, those of the whole session on none", () => {
  const signal: SignalRow = {
    id: "sig_1",
    category: "exec_failure",
    type: "friction",
    severity: 0.6,
    session_id: "s",
    turn_id: null,
    call_id: null,
    seq: 3,
    description: "ls exited with 2",
    detector: "mechanical",
    provenance: "measured",
    version: 1,
    sample: false,
    evidence: { segment: "one", line: 3, offset: 0 },
  };
  const timeline = [rowOf(2, call("a", null)), rowOf(3, call("b", null))];
  const drawn = drawTimeline({ timeline, signals: [signal, { ...signal, id: "sig_2", seq: 0 }], segments: SEGMENTS });
  expect(drawn.items.map((item) => item.signals.map(({ id }) => id))).toEqual([[], ["sig_1"]]);
  expect(drawn.whole.map(({ id }) => id)).toEqual(["sig_2"]);
  expect(drawn.scale).toBeNull();
});
