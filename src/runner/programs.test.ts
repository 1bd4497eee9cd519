import { expect, test } from "vitest";
import { plainSandbox } from "../../test/fakes/runner/plain-sandbox.ts";
import { Programs } from "./programs.ts";

const WALLS = { writable: [], hidden: [], shown: [], network: false };
const SLEEP = { command: ["sleep", "60"], cwd: "/", env: { PATH: process.env["PATH"] ?? "" } } as const;

test("[RUN-5] all programs end, also one that was just starting, and none starts afterwards", async () => {
  const programs = new Programs(plainSandbox());
  const start = programs.within(WALLS);
  const running = await start(SLEEP);
  const starting = start(SLEEP);
  await programs.end();
  const late = await starting;
  if (!running.ok || !late.ok) throw new Error("they did not start");
  expect(await Promise.all([running.value.exited, late.value.exited])).toEqual([
    { code: null, signal: "SIGKILL" },
    { code: null, signal: "SIGKILL" },
  ]);
  expect((await start(SLEEP)).ok).toBe(false);
  expect(programs.hunted).toBe(0);
});

test("[RUN-5] what a program left behind is counted once, however often it is ended", async () => {
  const programs = new Programs(plainSandbox());
  const daemon = ["sh", "-c", "setsid -f sleep 60 </dev/null >/dev/null 2>&1"] as const;
  const started = await programs.within(WALLS)({ ...SLEEP, command: daemon });
  if (!started.ok) throw new Error("it did not start");
  await started.value.exited;
  await Promise.all([started.value.kill(), programs.killAll()]);
  await programs.end();
  expect(programs.hunted).toBe(1);
});
