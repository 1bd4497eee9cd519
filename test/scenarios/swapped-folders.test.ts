import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ok } from "../../src/kit/result.ts";
import type { Sandbox, SandboxedProgram } from "../../src/ports/sandbox.ts";
import { attemptBench } from "../fakes/runner/attempt-bench.ts";
import { plainSandbox } from "../fakes/runner/plain-sandbox.ts";
import { aVictim, SPARE, swappingAgent } from "../fakes/runner/swapping-agent.ts";

test("[RUN-4] a program that swaps folders with links after the last turn moves no removal and no commit outside", async () => {
  using place = attemptBench();
  const victim = aVictim(join(place.folder, "victim"));
  const whole = victim.left();
  using bench = attemptBench({ files: { ".gitignore": SPARE }, agent: swappingAgent(victim) });
  for (let round = 0; round < 20; round += 1) {
    await bench.run();
    expect(victim.left()).toEqual(whole);
    expect(bench.host.verdict).toMatchObject({ outcome: "succeeded", failure: null, turns: 1 });
    expect(bench.host.artifacts.get("patch.diff")).toContain("nested");
    expect(bench.host.artifacts.get("patch.diff")).not.toContain(victim.secret);
  }
});

test("[RUN-4] while a process of the attempt cannot be ended, nothing is committed and its folder is left alone", async () => {
  const plain = plainSandbox();
  const walls: Sandbox = { ...plain, within: (asked) => unkillable(plain.within(asked)) };
  using bench = attemptBench({ steps: [{ write: { path: "src/new.txt", text: "new\n" } }], walls });
  await bench.run();
  expect(bench.host.verdict).toMatchObject({ outcome: "failed", failure: { code: "SURVIVING_PROCESS" }, change: null });
  expect(bench.host.events()).not.toContain("committed");
  expect(existsSync(join(bench.launch.folder, "work", "tree", "src", "new.txt"))).toBe(true);
});

/** What it starts ends by itself; that it has, nobody can find out. */
function unkillable(start: SandboxedProgram): SandboxedProgram {
  const kill = (): Promise<number> => Promise.reject(new Error("still alive"));
  return async (spec) => {
    const started = await start(spec);
    return started.ok ? ok({ ...started.value, kill }) : started;
  };
}
