import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { Result } from "../../src/kit/result.ts";
import type { AgentFailure, AgentSession } from "../../src/ports/agent.ts";
import { says } from "../fakes/model-server/turns.ts";
import { startProgram } from "../../src/adapters/process/start-program.ts";
import { agentOf, CODEX_BIN, openAttempt, SYSTEM_PATH } from "./codex-attempt.ts";
import { processesOf } from "./processes-of.ts";

/** Opens a session with a program made of these lines; what is left of it fails the test. */
async function openWith(
  lines: readonly string[],
  { mode = 0o755, startMs = 30_000 } = {},
): Promise<Result<AgentSession, AgentFailure>> {
  const folder = await mkdtemp(join(tmpdir(), "codex-binary-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const binary = join(folder, "codex");
  await writeFile(binary, ["#!/bin/bash", ...lines, ""].join("\n"));
  await chmod(binary, mode);
  const opened = await open(binary, { folder, startMs });
  expect(processesOf(folder)).toEqual([]);
  return opened;
}

async function open(
  binary: string,
  { folder, startMs, state }: { readonly folder: string; readonly startMs: number; readonly state?: string },
): Promise<Result<AgentSession, AgentFailure>> {
  return agentOf(folder, { binary, startMs }).open({
    cwd: folder,
    home: folder,
    state: state ?? (await mkdtemp(join(folder, "agent-"))),
    model: null,
    instructions: "",
    readOnly: false,
    gateway: { url: "http://127.0.0.1:1/v1", token: "x" },
    modelIdleMs: 1000,
    program: startProgram,
    ask: () => Promise.resolve({ kind: "void" }),
    spend: () => Promise.resolve(true),
    heard: () => undefined,
  });
}

const VERSION = 'case "$1" in --version) echo codex-cli 0.169.0; exit ;; sandbox) exit ;; esac';

test.each([
  [
    "another version",
    ["echo codex-cli 0.170.1"],
    "AGENT_WRONG_VERSION",
    /0\.170\.1.*npm install -g @openai\/codex@0\.169\.0/,
  ],
  ["an old version", ["echo codex-cli 0.16.9"], "AGENT_WRONG_VERSION", /0\.16\.9/],
  ["another program", ["echo hello"], "AGENT_WRONG_VERSION", /is not the Codex CLI.*"hello"/],
  ["a program that only complains", ["echo oh no >&2; exit 3"], "AGENT_WRONG_VERSION", /"oh no"/],
  ["a program that says nothing", ["exit 0"], "AGENT_WRONG_VERSION", /it said nothing/],
  ["a program that never ends", ["sleep 600"], "AGENT_WRONG_VERSION", /did not say its version within 1\.5 s/],
  [
    "one without a sandbox",
    [VERSION.replace("sandbox) exit ;;", "sandbox) echo no namespaces >&2; exit 1 ;;")],
    "SANDBOX_UNAVAILABLE",
    /no namespaces/,
  ],
  [
    "one that ends at once",
    [VERSION, "echo config is broken >&2; exit 9"],
    "AGENT_CRASHED",
    /code 9.*config is broken/,
  ],
  ["one that never answers", [VERSION, "exec sleep 600"], "AGENT_CRASHED", /did not answer within 1\.5 s/],
  [
    "one that answers with other things",
    [VERSION, "echo '[1'; echo 7; echo '{}'; echo '{\"id\":99}'; exec sleep 600"],
    "AGENT_CRASHED",
    /did not answer/,
  ],
  ["one that never ends its line", [VERSION, "exec cat /dev/zero"], "AGENT_CRASHED", /too long/],
  [
    "one that refuses us",
    [VERSION, 'read line; echo \'{"id":1,"error":{"message":"not today"}}\'; exec cat >/dev/null'],
    "AGENT_FAILED",
    /not today/,
  ],
] as const)("[RUN-1] %s in place of Codex: a clear failure and nothing left", async (_, lines, code, words) => {
  // Only a program that hangs is waited for to the end.
  const opened = await openWith(lines, { startMs: lines.some((line) => line.includes("sleep 600")) ? 1500 : 30_000 });
  expect(opened).toMatchObject({ ok: false, failure: { code } });
  expect(!opened.ok && opened.failure.detail).toMatch(words);
});

test("[RUN-1] a program that is not there, or may not be run, is not found, and the failure says what to do", async () => {
  expect(await openWith(["echo codex-cli 0.169.0"], { mode: 0o644 })).toMatchObject({
    ok: false,
    failure: { code: "AGENT_NOT_FOUND", detail: expect.stringContaining("chmod +x") },
  });
  expect(await open("/nonexistent/codex", { folder: tmpdir(), startMs: 1500 })).toMatchObject({
    ok: false,
    failure: { code: "AGENT_NOT_FOUND", detail: expect.stringContaining("npm install -g @openai/codex@0.169.0") },
  });
});

test("[RUN-1] a home that cannot be made is no crash", async () => {
  const folder = await mkdtemp(join(tmpdir(), "codex-binary-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const state = join(folder, "state");
  await writeFile(state, "a file where the home should be");
  expect(await open(CODEX_BIN, { folder, startMs: 30_000, state })).toMatchObject({
    ok: false,
    failure: { code: "WORKSPACE_NOT_READY", detail: expect.stringContaining("could not be made") },
  });
});

test("[RUN-1] npm's wrapper around the program works too, and leaves nothing", async () => {
  const packages = CODEX_BIN.slice(0, CODEX_BIN.indexOf("/@openai/"));
  const wrapper = join(packages, "@openai/codex/bin/codex.js");
  const path = `${dirname(process.execPath)}:${SYSTEM_PATH}`;
  await using attempt = await openAttempt([says("ok")], { program: { binary: wrapper, path } });
  expect(await attempt.session.turn("Go.")).toEqual({ kind: "completed", lastMessage: "ok" });
});
