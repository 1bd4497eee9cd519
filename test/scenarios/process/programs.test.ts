/** Programs end with everything that they started, however it tried to get away. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { processRow } from "../../../src/adapters/process/process-rows.ts";
import { isDead, processHolder } from "../../../src/adapters/process/processes.ts";
import { startProgram } from "../../../src/adapters/process/start-program.ts";
import { holderOf, parseHolder } from "../../../src/model/holder.ts";
import { ATTEMPT_MARK } from "../../../src/model/launch.ts";
import type { RunningProgram } from "../../../src/ports/sandbox.ts";

const PATH = process.env["PATH"] ?? "";

async function start(line: string, env: Readonly<Record<string, string>> = {}): Promise<RunningProgram> {
  const started = await startProgram({ command: ["/bin/sh", "-c", line], cwd: "/", env: { PATH, ...env } });
  if (!started.ok) throw new Error(started.failure.message);
  return started.value;
}

/** The pids that a program tells on its first line. */
async function pidsOf(program: RunningProgram): Promise<readonly number[]> {
  const [piece] = (await once(program.stdout, "data")) as [Buffer];
  return piece.toString("utf8").trim().split(" ").map(Number);
}

const isGone = (pid: number): boolean => processRow(pid)?.isOver ?? true;

test("[RUN-5] a program ends with its group, also one that ignores every signal it can", async () => {
  const program = await start(`trap '' TERM INT HUP; sleep 300 & sleep 301 & echo $$ $!; wait`);
  const pids = await pidsOf(program);
  expect(pids.map(isGone)).toEqual([false, false]);
  expect(await program.kill()).toBe(0);
  expect(await program.exited).toEqual({ code: null, signal: "SIGKILL" });
  expect(pids.map(isGone)).toEqual([true, true]);
});

test("[RUN-5] a child in a session of its own is hunted down and counted", async () => {
  const program = await start(`setsid sh -c 'echo $$; exec sleep 300' & wait`);
  const [child = 0] = await pidsOf(program);
  expect(processRow(child)?.group).not.toBe(program.pid);
  const begun = performance.now();
  expect(await program.kill()).toBe(1);
  expect(performance.now() - begun).toBeLessThan(2000);
  expect(isGone(child)).toBe(true);
});

test("[RUN-5] a daemon without parents is found by the mark, also after the program has ended", async () => {
  const line = `(setsid sh -c 'echo $$; exec sleep 300' &)`;
  const marked = await start(line, { [ATTEMPT_MARK]: `daemon-${process.pid}` });
  const [daemon = 0] = await pidsOf(marked);
  await marked.exited;
  expect(isGone(daemon)).toBe(false);
  expect(await marked.kill()).toBe(1);
  expect(isGone(daemon)).toBe(true);
  // Without the mark nothing leads to it: the mark is what found it.
  const plain = await start(line);
  const [stray = 0] = await pidsOf(plain);
  await plain.exited;
  expect(await plain.kill()).toBe(0);
  expect(isGone(stray)).toBe(false);
  process.kill(stray, "SIGKILL");
});

test("[RUN-5] disposing ends a program, and ending it twice is ending it once", async () => {
  const program = await start("echo $$; exec sleep 300");
  const pids = await pidsOf(program);
  const counts = await Promise.all([program.kill(), program.kill(), program[Symbol.asyncDispose]()]);
  expect(counts).toEqual([0, 0, undefined]);
  expect(pids.map(isGone)).toEqual([true]);
});

test("[RUN-1] a program gets the environment it is given and nothing else", async () => {
  const started = await startProgram({ command: ["/usr/bin/env"], cwd: "/", env: { ONLY: "this" } });
  expect(started.ok && (await text(started.value.stdout))).toBe("ONLY=this\n");
});

test("[RUN-1] a program that is not there is an expected failure", async () => {
  const started = await startProgram({ command: ["/nowhere/program"], cwd: "/", env: {} });
  expect(started).toMatchObject({
    ok: false,
    failure: { code: "not_found", hint: expect.stringMatching(/^Do this: /) },
  });
});

test("[RUN-5] a process that has ended and is not asked by its parent holds nothing any more", async () => {
  // The child ends once the shell has become a program that never asks for it.
  const child = "until grep -q sleep /proc/$PPID/comm; do :; done";
  const parent = spawn("/bin/sh", ["-c", `sh -c '${child}' & echo $!; exec sleep 300`], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const [piece] = (await once(parent.stdout, "data")) as [Buffer];
  const pid = Number(piece.toString("utf8"));
  const holder = processHolder(pid);
  const { host = "", start: begun = "" } = parseHolder(holder) ?? {};
  await expect.poll(() => processRow(pid)?.isOver, { timeout: 20_000 }).toBe(true);
  expect([isDead(holder), isDead(holderOf({ host, pid: process.pid, start: begun }))]).toEqual([true, true]);
  parent.kill("SIGKILL");
});
