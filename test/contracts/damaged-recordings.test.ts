import { expect, test } from "vitest";
import { fixedClock } from "../../src/kit/clock.ts";
import type { IngestTally } from "../../src/loop/learn/ingest/tally.ts";
import { computeSignals } from "../../src/loop/learn/signals/compute-signals.ts";
import type { SessionTrace } from "../../src/model/trace.ts";
import { listUnreadableLines } from "../../src/store/ingest/list-unreadable-lines.ts";
import type { Store } from "../../src/store/store.ts";
import { GOOD_EVERY, GOOD_LINE, mutatedFiles } from "../fakes/mutated-lines.ts";
import { recordingHome } from "../fakes/recording-home.ts";
import { sampleRollouts } from "../fakes/sample-recordings.ts";
import { AFTER_RECORDING, ingestInto, tracesIn } from "../fakes/trace-of-scenario.ts";
import { storeSuite } from "./store-harness.ts";

const [FAILING] = sampleRollouts("0.169.0/exec-failure");
const NAME = FAILING?.name ?? "";
const LINES = FAILING?.lines ?? [];

/** A line of an event or item at a time of its own. */
function line(type: string, payload: object, at = "2026-11-20T02:33:40.000Z"): Buffer {
  return Buffer.from(JSON.stringify({ timestamp: at, type, payload }));
}

function call(callId: string, cmd: string): Buffer {
  return line("response_item", {
    type: "function_call",
    name: "exec_command",
    arguments: JSON.stringify({ cmd }),
    call_id: callId,
  });
}

function output(callId: string, exitCode: number | string): Buffer {
  return line("response_item", {
    type: "function_call_output",
    call_id: callId,
    output: `Process exited with code ${exitCode}\nOutput:\n`,
  });
}

function whole(lines: readonly Uint8Array[]): Buffer {
  return Buffer.concat(lines.flatMap((bytes) => [bytes, Buffer.from("\n")]));
}

storeSuite("damaged recordings", (open) => {
  const opened = (): Promise<Store> => open({ clock: fixedClock(AFTER_RECORDING) });

  /** What a store makes of one rollout with these lines. */
  async function readLines(
    store: Store,
    lines: readonly Uint8Array[],
  ): Promise<{ readonly trace: SessionTrace; readonly tally: IngestTally }> {
    await using home = await recordingHome();
    await home.write(NAME, whole(lines));
    const done = await ingestInto(store, [home.path]);
    if (!done.ok) throw new Error(done.failure.message);
    const [trace, ...others] = await tracesIn(store);
    expect(others).toEqual([]);
    if (trace === undefined) throw new Error("the store holds no session");
    return { trace, tally: done.value };
  }

  test("[TRC-9] damaged lines of every format never stop ingest, and each good line between them counts", async () => {
    await using home = await recordingHome();
    await using store = await opened();
    const files = mutatedFiles({ files: 20, linesPerFile: 400, seed: 9 });
    for (const file of files) await home.write(file.name, whole([...file.lines()]));
    const done = await ingestInto(store, [home.path]);
    expect(done.ok && done.value.problems).toEqual([]);
    const traces = await tracesIn(store);
    const good = traces.flatMap((trace) => trace.messages).filter(({ text }) => text.startsWith(GOOD_LINE));
    expect(good).toHaveLength(files.filter(({ hasGood }) => hasGood).length * (400 / GOOD_EVERY - 1));
    expect(done.ok && done.value.unreadable).toBe((await store.read((reader) => listUnreadableLines(reader))).length);
    for (const trace of traces) computeSignals(trace);
  });

  test("[TRC-9] a line that cannot be read is kept with its file, place and reason", async () => {
    await using store = await opened();
    await using home = await recordingHome();
    const bad = [
      "not JSON",
      '{"timestamp":"2026-11-20T02:33:40.000Z","type":"event_msg","payload":{"type":"user_message"',
      "[1,2]",
    ].map((text) => Buffer.from(text));
    await home.write(NAME, whole([...LINES.slice(0, 2), ...bad, ...LINES.slice(2)]));
    const done = await ingestInto(store, [home.path]);
    const start = whole(LINES.slice(0, 2)).length;
    const kept = await store.read((reader) => listUnreadableLines(reader));
    expect(kept).toEqual([
      { path: home.at(NAME), offset: start, line: 3, reason: "not JSON" },
      { path: home.at(NAME), offset: start + 9, line: 4, reason: "not JSON" },
      { path: home.at(NAME), offset: start + 9 + (bad[1]?.length ?? 0) + 1, line: 5, reason: "not an object" },
    ]);
    expect(done.ok && done.value.unreadableLines).toEqual(kept);
    expect((await tracesIn(store))[0]?.calls).toHaveLength(6);
  });

  test("[TRC-9] a thread whose first line is damaged is known by the name of its file", async () => {
    await using store = await opened();
    const { trace: sound } = await readLines(store, LINES);
    for (const first of [
      Buffer.from("\u0000\u0000\u0000"),
      LINES[0]?.subarray(0, 300) ?? Buffer.alloc(0),
      Buffer.from("{}"),
    ]) {
      await using other = await open({ clock: fixedClock(AFTER_RECORDING) });
      const { trace } = await readLines(other, [first, ...LINES.slice(1)]);
      expect(trace.session.id).toBe(sound.session.id);
      expect(trace.calls.map(({ callId, outcome, exitCode }) => [callId, outcome, exitCode])).toEqual(
        sound.calls.map(({ callId, outcome, exitCode }) => [callId, outcome, exitCode]),
      );
      expect(trace.usage.map(({ responseId, total }) => [responseId, total])).toEqual(
        sound.usage.map(({ responseId, total }) => [responseId, total]),
      );
      expect(trace.turns.map(({ outcome }) => outcome)).toEqual(["completed"]);
    }
  });

  test("[TRC-9] text that no store can hold as it is, is stored without what makes it so", async () => {
    await using store = await opened();
    const odd = "a\u0000b\ud800c";
    const { trace } = await readLines(store, [
      ...LINES,
      line("event_msg", { type: "user_message", message: `${odd} said` }),
      line("turn_context", { model: odd, approval_policy: odd, sandbox_policy: { type: odd }, cwd: odd, turn_id: odd }),
      line("event_msg", { type: "task_started", turn_id: odd }),
      line("response_item", { type: "function_call", name: odd, arguments: odd, call_id: odd }),
      line("response_item", { type: "function_call_output", call_id: odd, output: `unsupported call: ${odd}` }),
      line("token_usage_record", { response_id: odd, turn_id: odd, usage: { input_tokens: 1, output_tokens: 1 } }),
      line("event_msg", { type: "task_complete", turn_id: odd, error: { message: odd, codex_error_info: odd } }),
      Buffer.concat([
        Buffer.from(
          '{"timestamp":"2026-11-20T02:33:40.000Z","type":"event_msg","payload":{"type":"user_message","message":"',
        ),
        Buffer.of(0xff, 0xc0, 0x80),
        Buffer.from(' bytes"}}'),
      ]),
    ]);
    expect(trace.messages.slice(-2).map(({ text }) => text)).toEqual(["ab\ufffdc said", "\ufffd\ufffd\ufffd bytes"]);
    expect(trace.calls.at(-1)).toMatchObject({ callId: "ab\ufffdc", tool: "ab\ufffdc", outcome: "tool_error" });
    expect(trace.turns.at(-1)).toMatchObject({
      turnId: "ab\ufffdc",
      outcome: "failed",
      error: "ab\ufffdc",
      model: "ab\ufffdc",
    });
    expect(trace.usage.at(-1)?.responseId).toBe("ab\ufffdc");
  });

  test("[TRC-9] numbers that cannot be are left out, and no sum is poisoned", async () => {
    await using store = await opened();
    const usage = (tokens: string): Buffer =>
      Buffer.from(
        `{"timestamp":"2026-11-20T02:33:40.000Z","type":"token_usage_record","payload":{"response_id":"r${tokens}","usage":{"input_tokens":${tokens},"output_tokens":1}}}`,
      );
    const { trace, tally } = await readLines(store, [
      ...LINES,
      call("call_big", "make"),
      output("call_big", "99999999999999999999"),
      ...["1e308", "-5", "1.5", "99999999999999999999"].map(usage),
      line("event_msg", { type: "thread_rolled_back", num_turns: 0.5 }),
      line("event_msg", { type: "user_message", message: "in a year that is not one" }, "2026-02-31T02:33:40.000Z"),
      line("event_msg", { type: "user_message", message: "in the year nought" }, "0000-01-01T00:00:00.000Z"),
    ]);
    expect(trace.calls.at(-1)).toMatchObject({ callId: "call_big", outcome: "failed", exitCode: null });
    expect(trace.usage.reduce((sum, { total }) => sum + total, 0)).toBe(11_870);
    expect(tally.unreadableLines.map(({ reason }) => reason)).toEqual(
      Array.from({ length: 4 }, () => "token counts that cannot be"),
    );
    expect(trace.marks.at(-1)).toMatchObject({ kind: "rollback", count: null });
    expect(trace.messages).toHaveLength(4);
  });

  test("[TRC-9] ids that repeat, or are as long as a line, keep their calls and turns apart", async () => {
    await using store = await opened();
    const long = "x".repeat(9_000);
    const { trace } = await readLines(store, [
      ...LINES,
      line("event_msg", { type: "task_started", turn_id: "turn_again" }),
      call("call_again", "first"),
      call("call_again", "second"),
      output("call_again", 2),
      line("event_msg", { type: "task_complete", turn_id: "turn_again" }),
      line("event_msg", { type: "task_started", turn_id: "turn_again" }),
      call("call_again", "third"),
      output("call_again", 3),
      call(`${long}1`, "fourth"),
      call(`${long}2`, "fifth"),
      output(`${long}1`, 4),
      line("event_msg", { type: "turn_aborted", turn_id: "turn_again", reason: "interrupted" }),
    ]);
    expect(trace.calls.slice(6).map(({ input, outcome, exitCode }) => [input, outcome, exitCode])).toEqual([
      ["first", "unfinished", null],
      ["second", "failed", 2],
      ["third", "failed", 3],
      ["fourth", "failed", 4],
      ["fifth", "unfinished", null],
    ]);
    expect(trace.turns.slice(1).map(({ turnId, outcome }) => [turnId, outcome])).toEqual([
      ["turn_again", "completed"],
      ["turn_again", "interrupted"],
    ]);
    expect(trace.calls.every(({ callId }) => callId.length <= 200)).toBe(true);
  });

  test("[TRC-9] calls that never end do not pile up, and all of them are there", async () => {
    await using store = await opened();
    const { trace } = await readLines(store, [
      ...LINES,
      ...Array.from({ length: 2_000 }, (_, n) => call(`call_open_${n}`, "sleep")),
    ]);
    expect(trace.calls.filter(({ outcome }) => outcome === "unfinished")).toHaveLength(2_000);
    const [cursor] = await store.read((reader) => reader.db.selectFrom("ingest_cursors").select("state").execute());
    expect(cursor?.state.length).toBeLessThan(300_000);
  });

  test("[TRC-9] nesting as deep as a line can hold costs only that line", async () => {
    await using store = await opened();
    const deep = "[".repeat(50_000) + "]".repeat(50_000);
    const text = `{"timestamp":"2026-11-20T02:33:40.000Z","type":"response_item","payload":{"type":"function_call","name":"mcp__a__b","call_id":"call_deep","arguments":${deep}}}`;
    const { trace, tally } = await readLines(store, [...LINES.slice(0, 4), Buffer.from(text), ...LINES.slice(4)]);
    expect(tally.unreadableLines.map(({ reason, line: at }) => [at, reason])).toEqual([[5, "nested too deep"]]);
    expect(trace.calls).toHaveLength(6);
  });

  test("[TRC-9] members with names of objects' own parts are members like others", async () => {
    await using store = await opened();
    const { trace, tally } = await readLines(store, [
      ...LINES,
      Buffer.from(
        '{"timestamp":"2026-11-20T02:33:40.000Z","type":"__proto__","payload":{"type":"constructor","__proto__":{"polluted":true}}}',
      ),
      Buffer.from(
        '{"timestamp":"2026-11-20T02:33:40.000Z","type":"event_msg","payload":{"__proto__":{"type":"user_message"},"type":"toString"}}',
      ),
      line("event_msg", { type: "user_message", message: "still here" }),
    ]);
    expect(Object.fromEntries(tally.unknownTypes)).toEqual({ "__proto__/constructor": 1, "event_msg/toString": 1 });
    expect("polluted" in {}).toBe(false);
    expect(trace.messages.at(-1)?.text).toBe("still here");
  });

  test("[TRC-9] made-up line types are counted without being told apart for ever", async () => {
    await using store = await opened();
    const { tally } = await readLines(store, [
      ...LINES,
      ...Array.from({ length: 1_000 }, (_, n) => line(`made_up_${n}`, {})),
    ]);
    expect(tally.unknownTypes.size).toBeLessThanOrEqual(201);
    expect([...tally.unknownTypes.values()].reduce((sum, count) => sum + count, 0)).toBe(1_000);
  });

  test("[TRC-10] tools, models, types and paths of changed files are redacted like all text", async () => {
    await using store = await opened();
    const secret = `ghp_${"A1b2C3d4E5f6".repeat(3)}`;
    const patch = `*** Begin Patch\n*** Add File: keys/${secret}.txt\n+x\n*** End Patch`;
    const { trace, tally } = await readLines(store, [
      ...LINES,
      line("turn_context", { model: secret, cwd: "/repo" }),
      line("response_item", { type: "function_call", name: `tool_${secret}`, arguments: "{}", call_id: "call_tool" }),
      line("response_item", { type: "custom_tool_call", name: "apply_patch", input: patch, call_id: "call_patch" }),
      line("event_msg", {
        type: "item_completed",
        item: {
          type: "FileChange",
          id: "call_patch",
          changes: { [`/repo/${secret}`]: { type: "add", content: "x" } },
          status: "completed",
        },
      }),
      line(`type_${secret}`, {}),
    ]);
    expect(trace.calls.at(-1)?.changes).toHaveLength(1);
    expect(JSON.stringify([trace, [...tally.unknownTypes]])).not.toContain("A1b2C3d4E5f6A1b2");
  });
});
