/** Runners as processes of this machine: started once, seen from anywhere, and ended with all that is theirs. */
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { processEngine } from "../../../src/adapters/process/process-engine.ts";
import { processRow, processRows, startVariable } from "../../../src/adapters/process/process-rows.ts";
import { runnerLog } from "../../../src/adapters/process/runner-records.ts";
import { holderOf, parseHolder, type Holder } from "../../../src/model/holder.ts";
import { newId } from "../../../src/model/ids.ts";
import { ATTEMPT_MARK, type Start } from "../../../src/model/launch.ts";
import type { Engine } from "../../../src/ports/engine.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "engine-"));
});
afterEach(() => {
  for (const { pid } of processRows()) if (startVariable(pid, "ENGINE_TEST") === folder) process.kill(pid, "SIGKILL");
  rmSync(folder, { recursive: true });
});

/** A runner that tells what it was given, does `more`, and stays until it is ended. */
function engine(more = ""): Engine {
  const script = `
    const given = require("node:fs").readFileSync(0, "utf8");
    require("node:fs").writeFileSync("given.json", JSON.stringify({ given, argv: process.argv, env: process.env }));
    console.log("out"); console.error("err");
    ${more}
    setInterval(() => {}, 1000);`;
  return processEngine({ folder, command: [process.execPath, "-e", script], env: { ENGINE_TEST: folder } });
}

const START: Start = {
  attemptId: newId.attempt(0),
  fence: 3,
  host: "http://127.0.0.1:1",
  token: "runner-token-1f",
  trace: "trace",
};

async function started(runners: Engine, start = START): Promise<Holder> {
  const holder = await runners.start(start);
  if (!holder.ok) throw new Error(holder.failure.cause);
  return holder.value;
}

const read = (name: string): string => {
  try {
    return readFileSync(join(folder, name), "utf8");
  } catch {
    return "";
  }
};
const logText = (): string => readFileSync(runnerLog(folder, START), "utf8");
const pidOf = (holder: Holder): number => parseHolder(holder)?.pid ?? 0;
const isGone = (pid: number): boolean => processRow(pid)?.isOver ?? true;

test("[RUN-3] a runner gets its start over stdin, a bare environment, a session of its own and a private log", async () => {
  const runners = engine();
  const holder = await started(runners);
  await expect.poll(logText).toBe("out\nerr\n");
  const { given, argv, env } = JSON.parse(read("given.json")) as Record<string, unknown>;
  expect(JSON.parse(String(given))).toEqual(START);
  expect(JSON.stringify([argv, env])).not.toContain(START.token);
  expect(env).toEqual({ ENGINE_TEST: folder, [ATTEMPT_MARK]: START.attemptId });
  expect(processRow(pidOf(holder))).toMatchObject({ session: pidOf(holder), group: pidOf(holder) });
  expect(statSync(runnerLog(folder, START)).mode & 0o777).toBe(0o600);
  await runners.stop(holder);
});

test("[RUN-3] one attempt and fence is started once, by however many callers at once", async () => {
  const [one, other] = [engine(), engine()];
  const holders = await Promise.all([one, other, one, other, one].map(async (runners) => started(runners)));
  expect(new Set(holders).size).toBe(1);
  expect(await started(engine())).toBe(holders[0]);
  const running = processRows().filter(({ pid }) => startVariable(pid, ATTEMPT_MARK) === START.attemptId);
  expect(running).toHaveLength(1);
  const next = await started(one, { ...START, fence: 4 });
  expect(next).not.toBe(holders[0]);
  await one.stop(next);
});

test("[RUN-5] a runner is seen from any process of this machine, and those of others are not judged", async () => {
  const runners = engine();
  const holder = await started(runners);
  expect(await engine().look(holder)).toBe("running");
  expect(await engine().stop(holder)).toEqual({ ok: true, value: 0 });
  expect(await runners.look(holder)).toBe("gone");
  const elsewhere = holderOf({ host: "elsewhere", pid: pidOf(holder), start: "1" });
  expect(await runners.look(elsewhere)).toBe("unknown");
  expect(await runners.stop(elsewhere)).toMatchObject({ ok: false, failure: { code: "not_found" } });
});

const DAEMON = `
  const { spawn } = require("node:child_process");
  const child = spawn("/bin/sh", ["-c", "(setsid sh -c 'echo $$ > daemon; exec sleep 300' &)"], { env: process.env, stdio: "ignore" });
  process.on("SIGTERM", () => {});`;

test("[RUN-5] a runner that ignores being asked is gone within two seconds, and its daemons with it", async () => {
  const runners = engine(DAEMON);
  const holder = await started(runners);
  await expect.poll(() => read("daemon")).toMatch(/\n$/);
  const daemon = Number(read("daemon"));
  const begun = performance.now();
  expect(await runners.stop(holder)).toEqual({ ok: true, value: 1 });
  expect(performance.now() - begun).toBeLessThan(2000);
  expect([pidOf(holder), daemon].map(isGone)).toEqual([true, true]);
});

test("[RUN-5] what a crashed runner left is found and ended", async () => {
  const runners = engine(DAEMON);
  const holder = await started(runners);
  await expect.poll(() => read("daemon")).toMatch(/\n$/);
  const daemon = Number(read("daemon"));
  process.kill(pidOf(holder), "SIGKILL");
  await expect.poll(async () => runners.look(holder)).toBe("gone");
  expect(isGone(daemon)).toBe(false);
  expect(await engine().stop(holder)).toEqual({ ok: true, value: 1 });
  expect(isGone(daemon)).toBe(true);
});

test("[RUN-5] a runner that takes being asked may end in order", async () => {
  const runners = engine(
    `process.on("SIGTERM", () => { require("node:fs").writeFileSync("ended", "in order"); process.exit(0); });`,
  );
  const holder = await started(runners);
  await expect.poll(logText).toBe("out\nerr\n");
  expect(await runners.stop(holder)).toEqual({ ok: true, value: 0 });
  expect(read("ended")).toBe("in order");
});

test("[RUN-11] a start that was cut off, and a program that is not there, are told as such", async () => {
  writeFileSync(join(folder, `${START.attemptId}-${START.fence}.json`), "");
  expect(await engine().start(START)).toMatchObject({
    ok: false,
    failure: { code: "try_later", cause: expect.stringContaining("cut off") },
  });
  const runners = processEngine({ folder, command: ["/nowhere/node"], env: {} });
  expect(await runners.start({ ...START, fence: 9 })).toMatchObject({
    ok: false,
    failure: { cause: expect.stringContaining("ENOENT") },
  });
});
