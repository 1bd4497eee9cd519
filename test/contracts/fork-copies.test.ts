import { expect, test } from "vitest";
import { fixedClock } from "../../src/kit/clock.ts";
import { sumTokenUsage } from "../../src/store/usage/sum-token-usage.ts";
import { recordingHome } from "../fakes/recording-home.ts";
import { sampleRollouts } from "../fakes/sample-recordings.ts";
import { AFTER_RECORDING, ingestInto, tracesIn } from "../fakes/trace-of-scenario.ts";
import { storeSuite } from "./store-harness.ts";

const [PARENT] = sampleRollouts("older/0.120.0");
const PARENT_ID = "01a1f6c0-c1d2-7880-bbf8-8384fb090808";
const CHILD_ID = "01a1f6c9-0000-7000-8000-000000000001";
const CHILD = `rollout-2026-11-20T02-29-00-${CHILD_ID}.jsonl`;
const TOTAL = 16_380;

function line(at: string, type: string, payload: object): string {
  return `${JSON.stringify({ timestamp: `2026-11-20T02:${at}Z`, type, payload })}\n`;
}

/** A fork as versions before paginated files wrote it: its own session line, every line of the parent, then a turn of its own. */
function forkOf(parent: readonly Uint8Array[]): string {
  const copied = parent.map((bytes) =>
    Buffer.from(bytes)
      .toString("utf8")
      .replace(/^\{"timestamp":"[^"]+"/u, '{"timestamp":"2026-11-20T02:29:00.010Z"'),
  );
  const meta = {
    id: CHILD_ID,
    forked_from_id: PARENT_ID,
    timestamp: "2026-11-20T02:29:00.000Z",
    cli_version: "0.120.0",
  };
  const usage = {
    input_tokens: 700,
    cached_input_tokens: 0,
    output_tokens: 30,
    reasoning_output_tokens: 0,
    total_tokens: 730,
  };
  const turn = "01a1f6c9-1000-7000-8000-000000000002";
  return [
    line("29:00.000", "session_meta", meta),
    ...copied.map((text) => `${text}\n`),
    line("29:05.000", "event_msg", { type: "task_started", turn_id: turn }),
    line("29:06.000", "event_msg", { type: "user_message", message: "now in the fork" }),
    line("29:07.000", "response_item", {
      type: "function_call",
      name: "exec_command",
      arguments: '{"cmd":"ls"}',
      call_id: "call_of_fork",
    }),
    line("29:08.000", "response_item", {
      type: "function_call_output",
      call_id: "call_of_fork",
      output: "Process exited with code 0\nOutput:\n",
    }),
    line("29:09.000", "event_msg", {
      type: "token_count",
      info: { total_token_usage: grown(parent, usage), last_token_usage: usage },
    }),
    line("29:10.000", "event_msg", { type: "task_complete", turn_id: turn }),
  ].join("");
}

/** The running totals of a fork go on from its parent's. */
function grown(parent: readonly Uint8Array[], by: Readonly<Record<string, number>>): Record<string, number> {
  const last = parent
    .map((bytes) => Buffer.from(bytes).toString("utf8"))
    .findLast((text) => text.includes('"total_token_usage":{'));
  const total: unknown = JSON.parse(/"total_token_usage":(\{[^}]*\})/u.exec(last ?? "")?.[1] ?? "{}");
  return Object.fromEntries(
    Object.entries(total ?? {}).map(([name, count]) => [name, Number(count) + (by[name] ?? 0)]),
  );
}

storeSuite("forks that copied their parent", (open) => {
  test.for([
    { first: PARENT?.name ?? "", order: "parent" },
    { first: CHILD, order: "fork" },
  ])("[TRC-5] count its responses, calls and turns once, whichever is read first: the $order", async ({ first }) => {
    await using home = await recordingHome();
    await using store = await open({ clock: fixedClock(AFTER_RECORDING) });
    await home.write(
      PARENT?.name ?? "",
      `${(PARENT?.lines ?? []).map((bytes) => Buffer.from(bytes).toString("utf8")).join("\n")}\n`,
    );
    await home.write(CHILD, forkOf(PARENT?.lines ?? []));
    await ingestInto(store, [home.at(first)]);
    await ingestInto(store, [home.path]);
    expect((await store.read((reader) => sumTokenUsage(reader)))?.total).toBe(TOTAL + 730);
    const [parent, child] = await tracesIn(store);
    expect([parent?.session.id, child?.session.id, child?.session.forkedFromId]).toEqual([
      PARENT_ID,
      CHILD_ID,
      PARENT_ID,
    ]);
    expect(parent?.usage.reduce((sum, { total }) => sum + total, 0)).toBe(TOTAL);
    expect([parent?.turns.length, parent?.calls.length]).toEqual([2, 6]);
    expect(child?.usage.map(({ total }) => total)).toEqual([730]);
    expect(child?.calls.map(({ callId }) => callId)).toEqual(["call_of_fork"]);
    expect(child?.messages.map(({ text }) => text)).toEqual(["now in the fork"]);
    expect(child?.turns.map(({ outcome }) => outcome)).toEqual(["completed"]);
  });
});
