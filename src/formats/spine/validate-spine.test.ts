import { expect, test } from "vitest";
import { goldenText } from "../../../test/fakes/raw-lines.ts";
import { type SpineCheck, type SpineRule, SPINE_RULES, validateSpine } from "./validate-spine.ts";

const SEGMENT = goldenText("spine/written/spine/segment-000.jsonl");
const META = goldenText("spine/written/spine/segment-000.meta.json");

type Line = Record<string, unknown>;

async function* inPieces(text: string, size: number): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

function check(text: string, meta: string | null = META): Promise<SpineCheck> {
  return validateSpine(inPieces(text, 1_000), meta);
}

/** The segment with line `number` (1-based) changed. */
function withLine(number: number, change: (line: Line) => Line | string): string {
  const lines = SEGMENT.trimEnd().split("\n");
  const changed = change(JSON.parse(lines[number - 1] ?? "") as Line);
  lines[number - 1] = typeof changed === "string" ? changed : JSON.stringify(changed);
  return `${lines.join("\n")}\n`;
}

function withMeta(change: Line): string {
  return JSON.stringify({ ...(JSON.parse(META) as Line), ...change });
}

function without(key: string): (line: Line) => Line {
  return (line) => Object.fromEntries(Object.entries(line).filter(([name]) => name !== key));
}

test("[TRC-14] a good segment is valid in any chunking and says what it left out", async () => {
  for (const size of [1, 7, 1_000, 1_000_000]) {
    const result = await validateSpine(inPieces(SEGMENT, size), META);
    expect(result).toMatchObject({ valid: true, errors: [], errorCount: 0, records: 41 });
    expect(result.warnings.map(({ rule, line }) => [rule, line])).toEqual([["compaction_history", 30]]);
  }
});

test("[TRC-14] a reader that uses its buffer again does not spoil the check", async () => {
  const bytes = new TextEncoder().encode(SEGMENT);
  const buffer = new Uint8Array(500);
  async function* reused(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += buffer.length) {
      const piece = bytes.subarray(at, at + buffer.length);
      buffer.set(piece);
      yield buffer.subarray(0, piece.length);
    }
  }
  expect(await validateSpine(reused(), META)).toMatchObject({ valid: true, records: 41 });
});

/** Every way to break the lines of a segment, with the rule that must speak and the line it must name. */
const BROKEN: readonly (readonly [SpineRule, number, string])[] = [
  ["json", 5, withLine(5, () => '{"schema_version":')],
  ["json", 5, withLine(5, () => "[]")],
  ...["schema_version", "thread_id", "seq", "timestamp", "type", "payload"].map(
    (key) => ["envelope", 3, withLine(3, without(key))] as const,
  ),
  ["envelope", 4, withLine(4, (line) => ({ ...line, seq: "4" }))],
  ["envelope", 4, withLine(4, (line) => ({ ...line, payload: null }))],
  ["version", 2, withLine(2, (line) => ({ ...line, schema_version: "codex_trace_spine_v2" }))],
  ["thread", 9, withLine(9, (line) => ({ ...line, thread_id: "somebody else" }))],
  ["seq", 7, withLine(7, (line) => ({ ...line, seq: 6 }))],
  ["seq", 8, withLine(7, (line) => ({ ...line, seq: 8 }))],
  ["timestamp", 6, withLine(6, (line) => ({ ...line, timestamp: "yesterday" }))],
  [
    "compaction_history",
    30,
    withLine(30, (line) => ({ ...line, payload: { kind: "local", pre_compaction_history: [] } })),
  ],
];

test.each(BROKEN)("[TRC-14] rule %s turns red and names line %i", async (rule, line, text) => {
  const result = await check(text, null);
  expect(result.valid).toBe(false);
  expect(result.errors[0]).toMatchObject({ grade: "error", rule, line, offset: offsetOf(text, line) });
});

function offsetOf(text: string, line: number): number {
  const before = text.split("\n").slice(0, line - 1);
  return Buffer.byteLength(before.map((part) => `${part}\n`).join(""));
}

/** Every way a meta file can differ from its segment. */
const BROKEN_META: readonly (readonly [SpineRule, string])[] = [
  ["meta_json", "{"],
  ["meta_version", withMeta({ schema_version: "x" })],
  ["meta_thread", withMeta({ thread_id: "x" })],
  ["meta_sha256", withMeta({ sha256: "0".repeat(64) })],
  ["meta_bytes", withMeta({ bytes: 1 })],
  ["meta_records", withMeta({ record_count: 40 })],
  ["meta_min_seq", withMeta({ min_seq: 2 })],
  ["meta_max_seq", withMeta({ max_seq: 42 })],
];

test.each(BROKEN_META)("[TRC-14] rule %s turns red", async (rule, meta) => {
  const { valid, errors } = await check(SEGMENT, meta);
  expect({ valid, rules: errors.map((error) => error.rule) }).toEqual({ valid: false, rules: [rule] });
});

test("[TRC-14] one changed byte in a text is found by the checksum alone", async () => {
  const { errors } = await check(SEGMENT.replace("Fix add()", "Fix sub()"));
  expect(errors.map((error) => error.rule)).toEqual(["meta_sha256"]);
});

test("[TRC-14] what a killed recorder leaves behind warns and does not refuse", async () => {
  const lost = await check(SEGMENT.trimEnd(), null);
  expect({ valid: lost.valid, rules: lost.warnings.map((warning) => warning.rule) }).toEqual({
    valid: true,
    rules: ["compaction_history", "last_line", "meta_missing"],
  });
  const strange = await check(
    withLine(3, (line) => ({ ...line, type: "weather", timestamp: "2026-11-20T02:00:01Z" })),
    null,
  );
  expect({ valid: strange.valid, rules: strange.warnings.slice(0, 2).map(({ rule, line }) => [rule, line]) }).toEqual({
    valid: true,
    rules: [
      ["timestamp", 3],
      ["type", 3],
    ],
  });
});

test("[TRC-14] an empty segment is not a segment", async () => {
  const { errors } = await check("", null);
  expect(errors.map((error) => error.rule)).toEqual(["empty"]);
});

test("[TRC-14] one step back is one finding, and a flood of findings is counted, not kept", async () => {
  const back = await check(
    withLine(7, (line) => ({ ...line, seq: 3 })),
    null,
  );
  expect(back.errorCount).toBe(1);
  const flood = await check("nonsense\n".repeat(5_000), null);
  expect({ kept: flood.errors.length, counted: flood.errorCount, first: flood.errors[0]?.line }).toEqual({
    kept: 100,
    counted: 5_000,
    first: 1,
  });
});

test("[TRC-14] a line over the limit is named without being held, and the next lines are still checked", async () => {
  const text = withLine(2, (line) => ({ ...line, padding: "x".repeat(5_000) }));
  const { errors, records } = await validateSpine(inPieces(text, 64), null, { lineLimit: 4_000 });
  expect({ errors: errors.map(({ rule, line }) => [rule, line]), records }).toEqual({
    errors: [["line_length", 2]],
    records: 41,
  });
});

test("[TRC-14] every rule is seen to speak in this file", () => {
  const tested = new Set<SpineRule>([...BROKEN.map(([rule]) => rule), ...BROKEN_META.map(([rule]) => rule)]);
  const testedAlone: readonly SpineRule[] = ["type", "last_line", "empty", "meta_missing", "line_length"];
  expect(SPINE_RULES.filter((rule) => !tested.has(rule) && !testedAlone.includes(rule))).toEqual([]);
});
