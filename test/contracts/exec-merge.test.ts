import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { fixedClock } from "../../src/kit/clock.ts";
import { computeSignals } from "../../src/loop/learn/signals/compute-signals.ts";
import type { SessionTrace } from "../../src/model/trace.ts";
import { sumTokenUsage } from "../../src/store/usage/sum-token-usage.ts";
import type { Store } from "../../src/store/store.ts";
import { forgetAll } from "../fakes/forget-all.ts";
import { AFTER_RECORDING, ingestInto, samplePath, tracesIn } from "../fakes/trace-of-scenario.ts";
import { told } from "../fakes/told.ts";
import { storeSuite } from "./store-harness.ts";

const STREAMED = [
  "aborted-sigterm",
  "apply-patch",
  "code-mode",
  "compaction",
  "err-quota",
  "exec-failure",
  "execpolicy",
  "mcp-and-subagent",
  "sandbox-plain-failures",
  "success",
];

function streamOf(scenario: string): string {
  return samplePath(`0.169.0/${scenario}/exec-events.jsonl`);
}

function rolloutsOf(scenario: string): string {
  return samplePath(`0.169.0/${scenario}/sessions`);
}

async function only(store: Store): Promise<SessionTrace> {
  const [trace, ...others] = await tracesIn(store);
  expect(others).toEqual([]);
  if (trace === undefined) throw new Error("the store holds no session");
  return trace;
}

storeSuite("exec streams", (open) => {
  const opened = (): Promise<Store> => open({ clock: fixedClock(AFTER_RECORDING) });
  let folder = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "codex-loop-exec-"));
  });
  afterEach(() => rm(folder, { recursive: true }));

  test.for(STREAMED)("[TRC-2] %s: the stream adds nothing but its marks, whichever is read first", async (scenario) => {
    await using rolloutOnly = await opened();
    await ingestInto(rolloutOnly, [rolloutsOf(scenario)]);
    const alone = await tracesIn(rolloutOnly);
    await ingestInto(rolloutOnly, [streamOf(scenario)]);
    const rolloutFirst = await tracesIn(rolloutOnly);
    const ofRollout = rolloutFirst.map((trace) => ({
      ...trace,
      segments: trace.segments.filter(({ source }) => source === "rollout"),
      marks: trace.marks.filter(({ segment }) => segment.startsWith("rollout-")),
    }));
    expect(told(ofRollout)).toEqual(told(alone));
    // The stream stands behind its thread and has no line numbers in it, so those of the thread stay when it grows.
    for (const { segments, marks, seqOf } of rolloutFirst) {
      const sources = segments.map(({ source }) => source);
      expect(sources).toEqual(sources.toSorted((left, right) => (left < right ? 1 : -1)));
      const ofStream = marks.filter(({ segment }) => !segment.startsWith("rollout-"));
      expect(ofStream.filter((mark) => seqOf(mark) !== 0)).toEqual([]);
    }
    const signals = alone.flatMap((trace) => computeSignals(trace).map(({ id }) => id));
    const joined = rolloutFirst.flatMap((trace) => computeSignals(trace).map(({ id }) => id));
    expect(joined).toEqual(expect.arrayContaining(signals));
  });

  test.for(STREAMED)("[TRC-2] %s: reading the stream first comes to the same", async (scenario) => {
    await using store = await opened();
    await ingestInto(store, [rolloutsOf(scenario)]);
    await ingestInto(store, [streamOf(scenario)]);
    const rolloutFirst = told(await tracesIn(store));
    const total = await store.read((reader) => sumTokenUsage(reader));
    await forgetAll(store);
    await ingestInto(store, [streamOf(scenario)]);
    await ingestInto(store, [rolloutsOf(scenario)]);
    expect(told(await tracesIn(store))).toEqual(rolloutFirst);
    expect(await store.read((reader) => sumTokenUsage(reader))).toEqual(total);
  });

  test("[TRC-2] a stream alone is a thread with its calls, their outcomes and exit codes", async () => {
    await using store = await opened();
    await ingestInto(store, [streamOf("code-mode")]);
    const { calls, turns, session } = await only(store);
    expect(session.source).toBe("exec");
    expect(turns.map(({ outcome }) => outcome)).toEqual(["completed"]);
    expect(calls.map(({ tool, outcome, exitCode }) => ({ tool, outcome, exitCode }))).toEqual([
      { tool: "exec_command", outcome: "failed", exitCode: 1 },
      { tool: "apply_patch", outcome: "ok", exitCode: null },
      { tool: "exec_command", outcome: "ok", exitCode: 0 },
    ]);
  });

  test("[TRC-2] a call whose stream was cut before its end is unfinished", async () => {
    await using store = await opened();
    await ingestInto(store, [streamOf("aborted-sigterm")]);
    expect((await only(store)).calls.map(({ outcome }) => outcome)).toEqual(["unfinished"]);
  });

  test("[TRC-2] a stream of an older thread never takes the place of the rollout's tokens", async () => {
    const rollout = samplePath("older/0.120.0");
    const thread = "01a1f6c0-c1d2-7880-bbf8-8384fb090808";
    await using store = await opened();
    await ingestInto(store, [rollout]);
    const { usage } = await only(store);
    const first = usage[0];
    // The stream of a run that ended after its first response: its total is the rollout's own first total.
    const total = {
      input_tokens: first?.input,
      cached_input_tokens: first?.cachedInput,
      output_tokens: first?.output,
      reasoning_output_tokens: first?.reasoning,
    };
    const lines = [
      { type: "thread.started", thread_id: thread },
      { type: "turn.started" },
      { type: "turn.completed", usage: total },
    ];
    const stream = join(folder, "exec-events.jsonl");
    await writeFile(stream, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
    await forgetAll(store);
    await ingestInto(store, [stream]);
    expect((await only(store)).usage).toHaveLength(1);
    await ingestInto(store, [rollout]);
    expect((await only(store)).usage).toEqual(usage);
  });
});
