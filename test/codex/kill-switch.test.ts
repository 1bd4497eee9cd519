import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, test } from "vitest";
import { json, work } from "../fakes/handed-in-work.ts";
import { type CliChild, emptyHome, ended, mustCall, startCli } from "../fakes/run-cli.ts";

test("[RUN-12] the kill switch ends a run in the middle, and resuming gives its task back", async () => {
  await using home = await emptyHome();
  const { add } = work(home, "  - sleep: 60\n");
  const child = startCli([...add, "--wait", "--json"], home);
  const finished = ended(child);
  await isRunning(child);
  const began = performance.now();
  const held = (await json(["stop", "--now"], home)) as { stopping: readonly string[] };
  expect(held.stopping).toHaveLength(1);
  expect(await finished).toBe(3);
  expect(performance.now() - began).toBeLessThan(10_000);
  const [idea] = (await json(["idea", "list"], home)) as readonly { id: string; state: string }[];
  expect(idea?.state).toBe("blocked");
  const reasons = async () =>
    ((await json(["explain", idea?.id ?? ""], home)) as readonly { reason: string }[]).map(({ reason }) => reason);
  expect(await reasons()).toContain("stopped");
  expect(await json(["triage"], home)).toMatchObject([
    { code: "KILL_SWITCH_ACTIVE", category: "safety_control", held: 1, next: "codex-loop resume" },
  ]);
  await mustCall(["resume"], home);
  expect(await reasons()).not.toContain("stopped");
});

test("[RUN-12] from a folder below, `stop --now --repo .` ends the run of that repository", async () => {
  await using home = await emptyHome();
  const { add, folder } = work(home, "  - sleep: 60\n");
  mkdirSync(join(folder, "sub"));
  const child = startCli([...add, "--wait", "--json"], home);
  const finished = ended(child);
  await isRunning(child);
  const began = performance.now();
  const stop = startCli(["stop", "--now", "--repo", ".", "--json"], { ...home, cwd: join(folder, "sub") });
  const [said, code] = await Promise.all([text(stop.stdout), ended(stop)]);
  expect([code, JSON.parse(said)]).toMatchObject([
    0,
    { scope: `repository/${folder}`, stopping: [expect.any(String)] },
  ]);
  expect(await finished).toBe(3);
  expect(performance.now() - began).toBeLessThan(10_000);
});

/** Resolves once the run that the child carries is under way. */
function isRunning(child: CliChild): Promise<void> {
  child.stdout.resume();
  return new Promise((resolve) => {
    let heard = "";
    child.stderr.on("data", (chunk: Buffer) => {
      heard += chunk.toString("utf8");
      if (/run \w+ running/.test(heard)) resolve();
    });
  });
}
