import { expect, test } from "vitest";
import { fixedClock } from "../../src/kit/clock.ts";
import type { SessionTrace, ToolCall, Turn } from "../../src/model/trace.ts";
import type { Store } from "../../src/store/store.ts";
import { sumTokenUsage } from "../../src/store/usage/sum-token-usage.ts";
import { goldenJson } from "../fakes/sample-recordings.ts";
import { AFTER_RECORDING, ingestInto, samplePath, tracesIn } from "../fakes/trace-of-scenario.ts";
import { storeSuite, type OpenStore } from "./store-harness.ts";

/** The ground truth, made from the scripts and the wire. What it does not say is open. */
interface Truth {
  readonly turns: readonly TurnTruth[] | number;
  readonly tool_calls: readonly {
    readonly call_id: string;
    readonly tool?: string;
    readonly outcome: string;
    readonly exit_code?: number;
  }[];
  readonly nested?: readonly { readonly exit_code?: number; readonly patch?: string }[];
  readonly true_total_tokens: number | null;
  readonly threads?: number;
  readonly compactions?: number;
  readonly approvals?: { readonly denied: number };
}

interface TurnTruth {
  readonly outcome: string;
  readonly error?: string;
  readonly kind?: string;
  readonly thread?: string;
  readonly reverted?: boolean;
}

// Files of this repository, written by hand.
const RECENT = goldenJson("codex/expected.json") as Readonly<Record<string, Truth>>;
const OLDER = goldenJson("codex/older-expected.json") as Readonly<Record<string, Truth>>;
const ALL: readonly (readonly [path: string, truth: Truth])[] = [
  ...Object.entries(RECENT).map(([name, truth]) => [`0.169.0/${name}`, truth] as const),
  ...Object.entries(OLDER).map(([name, truth]) => [`older/${name}`, truth] as const),
];

async function readInto(open: OpenStore, paths: readonly string[]): Promise<Store> {
  const store = await open({ clock: fixedClock(AFTER_RECORDING) });
  const done = await ingestInto(store, paths);
  expect(done.ok && done.value.problems).toEqual([]);
  return store;
}

/** Calls the model made itself; those a code cell made are rows of their own. */
function ownCalls(traces: readonly SessionTrace[]): readonly ToolCall[] {
  return traces.flatMap(({ calls }) => calls).filter((call) => call.parentCallId === null);
}

/** The older truths leave plans open: only some of those versions have the tool. */
function judgedCalls(traces: readonly SessionTrace[], path: string): readonly ToolCall[] {
  return ownCalls(traces).filter((call) => !path.startsWith("older/") || call.tool !== "update_plan");
}

function turnAsTruth(trace: SessionTrace, turn: Turn): TurnTruth {
  return {
    outcome: turn.outcome,
    ...(turn.error === null ? {} : { error: turn.error }),
    ...(turn.kind === "task" ? {} : { kind: turn.kind }),
    ...(turn.reverted ? { reverted: true } : {}),
    ...(trace.session.forkedFromId === null ? {} : { thread: "fork" }),
    ...(trace.session.parentId === null ? {} : { thread: "child" }),
  };
}

storeSuite("recordings in a store", (open) => {
  test("[TRC-1] the ground truth covers every recorded scenario", () => {
    expect(ALL.length).toBeGreaterThanOrEqual(20);
  });

  test.for(ALL)("[TRC-1] %s: turns end as they really did, in their threads", async ([path, truth]) => {
    await using store = await readInto(open, [samplePath(path)]);
    const traces = await tracesIn(store);
    const turns = traces.flatMap((trace) => trace.turns.map((turn) => turnAsTruth(trace, turn)));
    if (typeof truth.turns === "number") expect(turns).toHaveLength(truth.turns);
    else expect(turns).toEqual(truth.turns);
    expect(traces).toHaveLength(truth.threads ?? 1);
  });

  test.for(ALL)(
    "[TRC-6] %s: every call has its tool, outcome and exit code, and there are no others",
    async ([path, truth]) => {
      await using store = await readInto(open, [samplePath(path)]);
      const calls = judgedCalls(await tracesIn(store), path);
      expect(calls.map(({ callId }) => callId as string).toSorted()).toEqual(
        truth.tool_calls.map((call) => call.call_id).toSorted(),
      );
      for (const expected of truth.tool_calls) {
        const call = calls.find(({ callId }) => callId === expected.call_id);
        const { tool = call?.tool, exit_code: exitCode = call?.exitCode, outcome } = expected;
        expect(call).toMatchObject({ tool, outcome, exitCode });
      }
    },
  );

  test.for(ALL)("[TRC-5] %s: tokens are those the model server sent, each response once", async ([path, truth]) => {
    await using store = await readInto(open, [samplePath(path)]);
    const total = (await store.read((reader) => sumTokenUsage(reader)))?.total ?? null;
    // A run that never got an answer has no usage to sum.
    expect(total).toBe(truth.true_total_tokens === 0 ? null : truth.true_total_tokens);
    const usage = (await tracesIn(store)).flatMap((trace) => trace.usage);
    expect(new Set(usage.map(({ responseId }) => responseId)).size).toBe(usage.length);
    if (path.startsWith("0.169.0/")) expect(usage.filter(({ provenance }) => provenance !== "measured")).toEqual([]);
  });

  test("[TRC-5] every recording in one store gives the sum of them all", async () => {
    await using store = await readInto(open, [samplePath("")]);
    const total = await store.read((reader) => sumTokenUsage(reader));
    expect(total?.total).toBe(ALL.reduce((sum, [, truth]) => sum + (truth.true_total_tokens ?? 0), 0));
    expect(await tracesIn(store)).toHaveLength(ALL.reduce((sum, [, truth]) => sum + (truth.threads ?? 1), 0));
  });

  test("[TRC-6] calls of a code cell are listed with the cell they ran in", async () => {
    await using store = await readInto(open, [samplePath("0.169.0/code-mode")]);
    const calls = (await tracesIn(store)).flatMap((trace) => trace.calls);
    const nested = calls.filter(({ parentCallId }) => parentCallId !== null);
    expect(
      nested.map(({ parentCallId, tool, outcome, exitCode }) => ({ parentCallId, tool, outcome, exitCode })),
    ).toEqual([
      { parentCallId: "call_cm_1", tool: "exec_command", outcome: "failed", exitCode: 1 },
      { parentCallId: "call_cm_2", tool: "apply_patch", outcome: "ok", exitCode: null },
      { parentCallId: "call_cm_2", tool: "exec_command", outcome: "ok", exitCode: 0 },
    ]);
    expect(nested).toHaveLength(RECENT["code-mode"]?.nested?.length ?? -1);
  });

  test("[TRC-6] durations come from the times of the lines", async () => {
    await using store = await readInto(open, [samplePath("0.169.0/sandbox-plain-failures")]);
    const calls = (await tracesIn(store)).flatMap((trace) => trace.calls);
    const durationOf = (id: string): number => calls.find(({ callId }) => callId === id)?.durationMs ?? -1;
    expect(durationOf("call_sleep3")).toBeGreaterThanOrEqual(3000);
    expect(durationOf("call_sleep3")).toBeLessThan(10_000);
    expect(durationOf("call_exit7_silent")).toBeLessThan(2000);
    expect(calls.filter(({ durationMs }) => durationMs === null || durationMs < 0)).toEqual([]);
  });

  test.for(ALL.filter(([, truth]) => truth.compactions !== undefined))(
    "[TRC-1] %s: each compaction is one mark",
    async ([path, truth]) => {
      await using store = await readInto(open, [samplePath(path)]);
      const marks = (await tracesIn(store)).flatMap((trace) => trace.marks);
      expect(marks.filter(({ kind }) => kind === "compaction")).toHaveLength(truth.compactions ?? -1);
    },
  );

  test.for(ALL.filter(([, truth]) => truth.approvals !== undefined))(
    "[TRC-6] %s: as many calls are denied as a person denied",
    async ([path, truth]) => {
      await using store = await readInto(open, [samplePath(path)]);
      const denied = ownCalls(await tracesIn(store)).filter(({ outcome }) => outcome === "denied_by_user");
      expect(denied).toHaveLength(truth.approvals?.denied ?? -1);
    },
  );

  test("[TRC-1] a reverted thread is one session of two files; the turn taken back is marked", async () => {
    await using store = await readInto(open, [samplePath("0.169.0/as-history-ops")]);
    const [thread, fork] = await tracesIn(store);
    expect(thread?.segments).toHaveLength(2);
    expect(fork?.session.forkedFromId).toBe(thread?.session.id);
    expect(thread?.turns.map((turn) => turn.reverted)).toEqual([false, true, false, false, false]);
    expect(thread?.segments.every((segment) => segment.path.includes("/archived_sessions/"))).toBe(true);
  });

  test("[TRC-1] a sub-agent is a session of its own that names its parent", async () => {
    await using store = await readInto(open, [samplePath("0.169.0/mcp-and-subagent")]);
    const [parent, child] = await tracesIn(store);
    expect(child?.session.parentId).toBe(parent?.session.id);
    expect(child?.calls.map(({ callId }) => callId)).toEqual(["call_child_1"]);
    expect(child?.usage.reduce((sum, { total }) => sum + total, 0)).toBe(1120);
  });

  test("[TRC-9] the recordings have no line that could not be read", async () => {
    await using store = await open({ clock: fixedClock(AFTER_RECORDING) });
    const done = await ingestInto(store, [samplePath("")]);
    expect(done.ok && [done.value.unreadable, Object.fromEntries(done.value.unknownTypes)]).toEqual([0, {}]);
    expect(done.ok && done.value.files).toBe(34);
  });
});
