import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { AttemptFailureCode } from "../../src/model/attempt-failure.ts";
import type { RunningProgram, SandboxedProgram } from "../../src/ports/sandbox.ts";
import type { ModelTurn } from "../fakes/model-server/model-turn.ts";
import {
  breaksOff,
  failsWith,
  hangs,
  hasNoBudget,
  refuses,
  runs,
  says,
  stopsShort,
} from "../fakes/model-server/turns.ts";
import { startProgram } from "../../src/adapters/process/start-program.ts";
import { openAttempt } from "./codex-attempt.ts";
import { processesOf } from "./processes-of.ts";

function times(count: number, turn: ModelTurn): readonly ModelTurn[] {
  return Array.from({ length: count }, () => turn);
}

/** Codex tries a request three times and a stream three times. The script has to be used up: that counts the tries. */
const ENDINGS: readonly (readonly [string, readonly ModelTurn[], AttemptFailureCode])[] = [
  ["our gateway's refusal, after one request", [hasNoBudget()], "PROVIDER_QUOTA"],
  [
    "an empty account",
    [refuses(429, { type: "insufficient_quota", code: "insufficient_quota", message: "no money" })],
    "PROVIDER_QUOTA",
  ],
  [
    "a 429, after one request",
    [refuses(429, { code: "rate_limit_exceeded", message: "slow down" })],
    "PROVIDER_RATE_LIMIT",
  ],
  ["a rate limit inside the stream", times(3, failsWith("rate_limit_exceeded", "slow down")), "PROVIDER_RATE_LIMIT"],
  ["a wrong key", times(3, refuses(401, { code: "invalid_api_key", message: "bad key" })), "PROVIDER_AUTH"],
  ["a key without rights", times(3, refuses(403, { message: "not yours" })), "PROVIDER_AUTH"],
  ["a provider that breaks", times(9, refuses(500, { message: "boom" })), "PROVIDER_UNAVAILABLE"],
  ["a stream that breaks every time", times(3, breaksOff()), "PROVIDER_UNAVAILABLE"],
  ["a failure inside the stream", times(3, failsWith("server_error", "oops")), "PROVIDER_UNAVAILABLE"],
  ["a full context", [failsWith("context_length_exceeded", "too long")], "CONTEXT_WINDOW_EXCEEDED"],
  ["an answer cut at its limit", [stopsShort("max_output_tokens")], "AGENT_FAILED"],
  ["a request that the provider does not take", [refuses(400, { message: "no such model" })], "AGENT_FAILED"],
];

test.each(ENDINGS)("[RUN-1] %s ends the turn with a code of ours", async (_, turns, code) => {
  await using attempt = await openAttempt(turns);
  const end = await attempt.session.turn("Go.");
  expect(end).toMatchObject({ kind: "failed", failure: { code } });
  expect(attempt.model.billed.filter(({ usage }) => usage.input > 0).length).toBe(
    code === "AGENT_FAILED" && turns[0]?.reply.kind === "incomplete" ? 1 : 0,
  );
  expect(attempt.heard("turn_ended")).toHaveLength(1);
});

test("[RUN-1] a stream that breaks once is tried again, and the warning says so", async () => {
  await using attempt = await openAttempt([breaksOff(), says("ok")]);
  expect(await attempt.session.turn("Go.")).toEqual({ kind: "completed", lastMessage: "ok" });
  expect(attempt.heard("warned").map(({ text }) => text)).toEqual([expect.stringContaining("stream disconnected")]);
});

test("[RUN-1] a model that says nothing is given up after the idle time", async () => {
  await using attempt = await openAttempt(times(3, hangs()), { options: { modelIdleMs: 300 } });
  expect(await attempt.session.turn("Go.")).toMatchObject({
    kind: "failed",
    failure: { code: "PROVIDER_UNAVAILABLE" },
  });
});

test("[RUN-1] nothing listens at the gateway: the turn ends, and Codex does not try for ever", async () => {
  await using attempt = await openAttempt([], { options: { gateway: { url: "http://127.0.0.1:1/v1", token: "x" } } });
  expect(await attempt.session.turn("Go.")).toMatchObject({
    kind: "failed",
    failure: { code: "PROVIDER_UNAVAILABLE" },
  });
});

test("[RUN-5] an interrupt cancels the request that waits for the model, and the next turn works", async () => {
  await using attempt = await openAttempt([hangs(), says("again")]);
  const turn = attempt.session.turn("Think long.");
  const request = await attempt.model.request(1);
  await attempt.session.interrupt();
  expect(await turn).toEqual({ kind: "interrupted" });
  expect(await request.gone).toBe(true);
  expect(await attempt.session.turn("Go on.")).toEqual({ kind: "completed", lastMessage: "again" });
});

test("[RUN-5] an interrupt right behind the start of a turn ends it before the model is asked", async () => {
  await using attempt = await openAttempt([]);
  const turn = attempt.session.turn("Never mind.");
  await attempt.session.interrupt();
  expect(await turn).toEqual({ kind: "interrupted" });
});

test("[RUN-5] an interrupt ends a running command and what it put into the background", async () => {
  const files = { "hold.sh": "sleep 1234 & exec sleep 4321\n" };
  // The command has long yielded when the interrupt comes: Codex itself would let it run on.
  const more = { yield_time_ms: 250 };
  await using attempt = await openAttempt([runs("call_1", "bash hold.sh", { more }), hangs()], { files });
  const turn = attempt.session.turn("Wait.");
  await attempt.model.request(2);
  await untilSeen("sleep 4321", attempt.repository);
  const before = performance.now();
  await attempt.session.interrupt();
  expect(await turn).toEqual({ kind: "interrupted" });
  expect(sleepers(attempt.repository)).toEqual([]);
  expect(performance.now() - before).toBeLessThan(2000);
  expect(attempt.heard("call_ended")).toMatchObject([{ callId: "call_1", ok: false, exitCode: null }]);
});

test("[RUN-5] disposing in the middle of a command leaves no process of the attempt", async () => {
  const attempt = await openAttempt([runs("call_1", "sleep 1234 & sleep 4321")]);
  const turn = attempt.session.turn("Wait.");
  await untilSeen("sleep 4321", attempt.repository);
  // The harness fails when a process is left.
  await attempt[Symbol.asyncDispose]();
  expect(await turn).toMatchObject({ kind: "failed", failure: { code: "AGENT_CRASHED" } });
  expect(sleepers(attempt.repository)).toEqual([]);
});

test("[RUN-1] an agent that is killed has crashed, and says how it went", async () => {
  const started: RunningProgram[] = [];
  const program: SandboxedProgram = async (spec) => {
    const result = await startProgram(spec);
    if (result.ok) started.push(result.value);
    return result;
  };
  await using attempt = await openAttempt([hangs()], { options: { program } });
  const turn = attempt.session.turn("Go.");
  await attempt.model.request(1);
  process.kill(started.at(-1)?.pid ?? 0, "SIGKILL");
  const end = await turn;
  expect(end).toMatchObject({ kind: "failed", failure: { code: "AGENT_CRASHED" } });
  expect(end.kind === "failed" && end.failure.detail).toContain("SIGKILL");
  // What comes after is answered at once too.
  expect(await attempt.session.turn("Again.")).toMatchObject({ kind: "failed", failure: { code: "AGENT_CRASHED" } });
  expect(processesOf(attempt.mark)).toEqual([]);
});

/** Sleeping commands of this test's work tree. */
function sleepers(cwd: string): readonly string[] {
  const all = execFileSync("ps", ["-eo", "pid,args"], { encoding: "utf8" }).split("\n");
  const pids = all.filter((line) => /sleep (?:1234|4321)$/.test(line)).map((line) => line.trim());
  return pids.filter((line) => cwdOf(line.split(" ")[0] ?? "") === cwd);
}

function cwdOf(pid: string): string {
  try {
    return execFileSync("readlink", [join("/proc", pid, "cwd")], { encoding: "utf8" }).trim();
  } catch {
    return "";
  }
}

async function untilSeen(command: string, cwd: string): Promise<void> {
  while (!sleepers(cwd).some((line) => line.endsWith(command))) await new Promise(setImmediate);
}
