import { expect, test } from "vitest";
import { callOutcomes } from "../../../test/fakes/call-outcomes.ts";
import { goldenJson, readAll, sampleRollouts, sampleScenarios } from "../../../test/fakes/sample-recordings.ts";
import type { TraceRecord } from "../record.ts";
import { rolloutReader } from "./rollout-reader.ts";

interface Truth {
  readonly tool_calls: readonly {
    readonly call_id: string;
    readonly outcome: string;
    readonly tool?: string;
    readonly exit_code?: number;
  }[];
  readonly turns: number | readonly { readonly outcome: string; readonly error?: string; readonly kind?: string }[];
  readonly nested?: readonly { readonly exit_code?: number; readonly patch?: string }[];
  readonly compactions?: number;
  readonly patches_applied?: number;
}

const TRUTH = goldenJson("codex/expected.json") as Record<string, Truth>; // our own golden file
const OLDER = goldenJson("codex/older-expected.json") as Record<string, Truth>;
const SCENARIOS = Object.entries(TRUTH).map(([name, truth]) => ({ folder: `0.169.0/${name}`, truth }));
const OLDER_SCENARIOS = Object.entries(OLDER).map(([name, truth]) => ({ folder: `older/${name}`, truth }));

function recordsOf(folder: string): readonly TraceRecord[] {
  return sampleRollouts(folder).flatMap(({ lines }) => readAll(rolloutReader, lines).flatMap(({ records }) => records));
}

function ofKind<Kind extends TraceRecord["kind"]>(
  records: readonly TraceRecord[],
  kind: Kind,
): readonly (TraceRecord & { kind: Kind })[] {
  return records.filter((record): record is TraceRecord & { kind: Kind } => record.kind === kind);
}

function readText(text: string): readonly TraceRecord[] {
  return readAll(rolloutReader, [text])[0]?.records ?? [];
}

test("[TRC-1] the truth covers every shipped recording", () => {
  expect(sampleScenarios("0.169.0").toSorted()).toEqual(SCENARIOS.map(({ folder }) => folder).toSorted());
  expect(sampleScenarios("older").toSorted()).toEqual(OLDER_SCENARIOS.map(({ folder }) => folder).toSorted());
});

test.each([...SCENARIOS, ...OLDER_SCENARIOS])(
  "[TRC-6] $folder: every call ends as it really ended",
  ({ folder, truth }) => {
    const calls = sampleRollouts(folder).flatMap(({ lines }) => callOutcomes(readAll(rolloutReader, lines)));
    const byId = new Map(calls.map((call) => [call.callId, call]));
    for (const expected of truth.tool_calls) {
      const call = byId.get(expected.call_id);
      expect(call).toMatchObject({
        callId: expected.call_id,
        outcome: expected.outcome,
        ...(expected.tool === undefined ? {} : { tool: expected.tool }),
        ...(expected.exit_code === undefined ? {} : { exitCode: expected.exit_code }),
      });
    }
    const asked = calls.filter(
      ({ callId, tool }) => !callId.startsWith("exec-") && (tool !== "update_plan" || folder.startsWith("0.169")),
    );
    expect(asked).toHaveLength(truth.tool_calls.length);
  },
);

test.each(SCENARIOS)("[TRC-6] $folder: nested calls stand beside their cells", ({ folder, truth }) => {
  const nested = ofKind(recordsOf(folder), "call_item").filter(({ callId }) => callId.startsWith("exec-"));
  const seen = nested.map(({ tool, verdict }) =>
    tool === "apply_patch" ? { patch: verdict.outcome } : { exit_code: verdict.exitCode },
  );
  const expected = (truth.nested ?? []).map(({ patch, exit_code }) =>
    patch === undefined ? { exit_code } : { patch: "ok" },
  );
  expect(seen).toEqual(expected);
});

test.each(SCENARIOS)("[TRC-1] $folder: turns begin and end as they did", ({ folder, truth }) => {
  const records = recordsOf(folder);
  const started = ofKind(records, "turn_started");
  const ended = new Map(ofKind(records, "turn_ended").map((turn) => [turn.turnId, turn]));
  const seen = started.map(({ turnId, compaction }) => ({
    outcome: ended.get(turnId)?.outcome ?? "unfinished",
    error: ended.get(turnId)?.error ?? null,
    compaction,
  }));
  const turns = typeof truth.turns === "number" ? [] : truth.turns;
  const expected = turns.map((turn) => ({
    outcome: turn.outcome,
    error: turn.error ?? null,
    compaction: turn.kind === "compaction",
  }));
  expect(seen.toSorted(byText)).toEqual(expected.toSorted(byText));
});

test.each(SCENARIOS)("[TRC-1] $folder: a compaction is one mark, from the head of its line", ({ folder, truth }) => {
  const marks = ofKind(recordsOf(folder), "mark").filter(({ mark }) => mark === "compaction");
  expect(marks).toHaveLength(truth.compactions ?? 0);
  expect(marks.every(({ at }) => at !== null)).toBe(true);
});

test.each([...SCENARIOS, ...OLDER_SCENARIOS])("[TRC-1] $folder: no line is unknown or unreadable", ({ folder }) => {
  const records = recordsOf(folder);
  expect([...ofKind(records, "unknown"), ...ofKind(records, "unreadable")]).toEqual([]);
  expect(ofKind(records, "session").length).toBe(sampleRollouts(folder).length);
});

test("[TRC-1] forks, reverts and sub-agents name their relatives", () => {
  const [first, reverted, fork] = ofKind(recordsOf("0.169.0/as-history-ops"), "session");
  expect(first).toMatchObject({ forkedFromId: null, revertsFromOrdinal: null, rootId: first?.id });
  expect(reverted).toMatchObject({ id: first?.id, revertsFromOrdinal: 14 });
  expect(fork).toMatchObject({ forkedFromId: first?.id, revertsFromOrdinal: null });
  const [root, child] = ofKind(recordsOf("0.169.0/mcp-and-subagent"), "session");
  expect(child).toMatchObject({ parentId: root?.id, rootId: root?.id, cliVersion: "0.169.0" });
});

test.each([
  ["older/0.27.0", ["Fix add()."], ["Fixed."]],
  ["older/0.77.0", ["Fix add().", "You broke it again, try once more."], ["Fixed.", "Second turn."]],
  ["older/0.149.1", ["Fix add().", "You broke it again, try once more."], ["Fixed.", "Second turn."]],
  ["0.169.0/code-mode", ["Fix add() so that the test passes."], ["Fixed add(); the test passes."]],
])("[TRC-1] %s: what was said is read once, without what Codex put before it", (folder, users, agents) => {
  const messages = ofKind(recordsOf(folder), "message");
  expect(messages.filter(({ role }) => role === "user").map(({ text }) => text)).toEqual(users);
  expect(messages.filter(({ role }) => role === "agent").map(({ text }) => text)).toEqual(agents);
});

test("[TRC-1] the oldest files tell directory, policy and sandbox in a message", () => {
  const records = recordsOf("older/0.27.0");
  expect(ofKind(records, "session")[0]).toMatchObject({ timeless: true, git: { branch: "main" } });
  expect(ofKind(records, "context")[0]).toMatchObject({
    sandbox: "danger-full-access",
    approvalPolicy: "never",
    cwd: "/home/dev/work-old/0.27.0/portable/repo",
  });
});

test("[TRC-1] the oldest files' instructions in the person's name are not the person's", () => {
  const said = (text: string): string =>
    JSON.stringify({ type: "message", id: null, role: "user", content: [{ type: "input_text", text }] });
  expect(readText(said("<user_instructions>\n\nBe brief.\n\n</user_instructions>"))).toMatchObject([
    { kind: "ignored" },
  ]);
  expect(readText(said("Be brief."))).toMatchObject([{ kind: "message", role: "user", text: "Be brief." }]);
});

test("[TRC-6] patches carry the same changes in every era", () => {
  const hashes = ["older/0.27.0", "older/0.77.0", "older/0.120.0", "older/0.149.1", "older/0.163.0"].map((folder) => {
    const call = ofKind(recordsOf(folder), "call_started").find(({ callId }) => callId === "call_patch");
    return call?.changes.map(({ path, kind, removed, added }) => [path, kind, removed, added].join(" "));
  });
  expect(hashes[0]?.[0]).toMatch(/^add\.js update [0-9a-f]{20} [0-9a-f]{20}$/);
  expect(new Set(hashes.map((change) => JSON.stringify(change))).size).toBe(1);
  const items = ofKind(recordsOf("0.169.0/apply-patch"), "call_item").filter(({ tool }) => tool === "apply_patch");
  expect(items).toHaveLength(TRUTH["apply-patch"]?.patches_applied ?? -1);
});

test("[TRC-1] a line type nobody has met is named and counted, whatever its body", () => {
  const line = '{"timestamp":"2026-11-20T02:33:00.512Z","ordinal":7,"type":"telepathy","payload":{"type":"thought"';
  expect(readText(line)).toEqual([{ kind: "unknown", type: "telepathy/thought" }]);
  expect(readText('{"timestamp":"2026-11-20T02:33:00.512Z","type":"event_msg","payload":{"type":"sneezed"}}')).toEqual([
    { kind: "unknown", type: "event_msg/sneezed" },
  ]);
});

test("[TRC-9] what cannot be read says why", () => {
  expect(readText("not json at all")).toEqual([{ kind: "unreadable", reason: "not JSON" }]);
  expect(readText("[1,2]")).toEqual([{ kind: "unreadable", reason: "not an object" }]);
  expect(readText('{"timestamp":"2026-11-20T02:33:00.512Z","type":"turn_context","payload":{"cwd":')).toEqual([
    { kind: "unreadable", reason: "not JSON" },
  ]);
  expect(
    readText(
      '{"timestamp":"2026-11-20T02:33:00.512Z","type":"response_item","payload":{"type":"function_call","name":"x"}}',
    ),
  ).toEqual([{ kind: "unreadable", reason: "has no call_id" }]);
});

test("[TRC-1] other spacing and member order mean the same", () => {
  const lines = sampleRollouts("0.169.0/apply-patch").flatMap(({ lines: all }) => all);
  const spaced = lines.map((line) => {
    const { timestamp, ...rest } = JSON.parse(Buffer.from(line).toString()) as Record<string, unknown>;
    return JSON.stringify({ ...rest, timestamp }, null, 1).replaceAll("\n", " ");
  });
  expect(readAll(rolloutReader, spaced)).toEqual(readAll(rolloutReader, lines));
});

test("[TRC-5] a token line written by another hand is parsed to the same record", () => {
  const usage = {
    total_tokens: 12,
    input_tokens: 10,
    output_tokens: 2,
    cached_input_tokens: 3,
    reasoning_output_tokens: 1,
  };
  const at = "2026-11-20T02:33:00.512Z";
  const line = (payload: unknown, type: string): string => JSON.stringify({ timestamp: at, type, payload });
  const tokens = { input: 10, cachedInput: 3, cacheWriteInput: 0, output: 2, reasoning: 1, total: 12 };
  expect(readText(line({ usage, response_id: "r:1" }, "token_usage_record"))).toEqual([
    { kind: "usage", at, turnId: null, responseId: "r:1", tokens, threadId: null },
  ]);
  expect(
    readText(line({ type: "token_count", info: { last_token_usage: usage, total_token_usage: usage } }, "event_msg")),
  ).toEqual([{ kind: "token_count", at, total: tokens, last: tokens }]);
  expect(readText(line({ type: "token_count", info: null }, "event_msg"))).toEqual([
    { kind: "ignored", type: "event_msg/token_count" },
  ]);
});

test("[TRC-8] a compacted line is never parsed", () => {
  const line =
    '{"timestamp":"2026-11-20T02:33:02.099Z","ordinal":23,"type":"compacted","payload":{"message":"\u0000 not closed';
  expect(readText(line)).toMatchObject([{ kind: "mark", mark: "compaction", at: "2026-11-20T02:33:02.099Z" }]);
});

function byText(left: unknown, right: unknown): number {
  return JSON.stringify(left) < JSON.stringify(right) ? -1 : 1;
}
