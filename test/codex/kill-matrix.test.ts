/**
 * Whatever is killed at whatever edge of an attempt, the idea is brought to its end by the next command: nothing is lost,
 * nothing lands twice, no process and no clone stays behind. The holds are files that only the first attempt finds.
 */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { endNow } from "../fakes/end-now.ts";
import { hangs, runs, says } from "../fakes/model-server/turns.ts";
import { type CliChild, ended, spawnCli } from "../fakes/run-cli.ts";
import { goneAfter, ideaBench, ideaOf, type IdeaBench } from "./idea-bench.ts";
import { processesOf } from "./processes-of.ts";

const EDGES = ["setup", "agent", "checks"] as const;
type Edge = (typeof EDGES)[number];

/** Seconds that only a hold lasts: whoever sees a process of this sleep knows that the edge is reached. */
const HOLD_SECONDS = 311;

/** A folder that the walls show: homes and temporary folders are hidden. */
function holdFolder(): string {
  const cache = join(realpathSync(join(import.meta.dirname, "../../node_modules")), ".cache");
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "hold-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

function holdLine(folder: string, edge: Edge): string {
  return `if [ -e ${join(folder, edge)} ]; then sleep ${HOLD_SECONDS}; fi`;
}

async function held(edge: Edge): Promise<{ bench: IdeaBench; waiting: CliChild; run: string; folder: string }> {
  const folder = holdFolder();
  const profile = [
    `setup: "${holdLine(folder, "setup")}"`,
    "acceptance:",
    `  - { name: tests, run: "${holdLine(folder, "checks")}; node --test", timeout: 400 }`,
    "",
  ].join("\n");
  const bench = await ideaBench({ profile });
  const script = [
    "steps:",
    `  - run: [sh, -c, "${holdLine(folder, "agent")}"]`,
    '  - write: { path: sum.mjs, text: "export const sum = (a, b) => a + b;\\n" }',
    "",
  ].join("\n");
  writeFileSync(bench.file("script.yaml"), script);
  writeFileSync(join(folder, edge), "");
  const waiting = bench.start("--agent", "scripted", "--script", bench.file("script.yaml"));
  const run = await reached(bench);
  rmSync(join(folder, edge));
  return { bench, waiting, run, folder };
}

/** The run's id, once the sleep of its hold is there. */
async function reached(bench: IdeaBench): Promise<string> {
  for (;;) {
    const listed = await spawnCli(["run", "list", "--json"], bench.around);
    const [run] = listed.code === 0 ? (JSON.parse(listed.stdout) as { id: string; outcome: string | null }[]) : [];
    if (run !== undefined && run.outcome !== null) throw new Error(`it ended before its edge: ${listed.stdout}`);
    if (run !== undefined && processesOf(run.id).some((line) => line.includes(`sleep ${HOLD_SECONDS}`))) return run.id;
  }
}

/** Kills every process of the attempt whose command line has a word of its own. */
function killOf(run: string, word: string): void {
  const found = processesOf(run).filter((line) => line.includes(word));
  expect(found.length).toBeGreaterThan(0);
  for (const line of found) endNow(Number(line.split(" ")[0]));
}

async function finished(bench: IdeaBench, run: string): Promise<void> {
  expect(processesOf(run)).toEqual([]);
  expect(bench.clones()).toEqual([]);
  expect(bench.git("branch", "--list", "codex-loop/*", "--format=%(refname:short)").split("\n")).toHaveLength(1);
  const caps = await bench.ask<{ scope: string; reserved: number }[]>("budget", "show");
  expect(caps.filter(({ reserved }) => reserved !== 0)).toEqual([]);
  const audit = await bench.ask<{ ok: boolean }>("audit", "verify");
  expect(audit.ok).toBe(true);
}

test.each(EDGES)(
  "[OPS-5] the host is killed while the attempt is at its %s: the next command brings it on",
  async (edge) => {
    const { bench, waiting, run } = await held(edge);
    await using _ = bench;
    waiting.kill("SIGKILL");
    await ended(waiting);
    const [idea] = await bench.ask<{ id: string }[]>("idea", "list");
    const from = performance.now();
    const again = bench.ask<ReturnType<typeof ideaOf>>("idea", "resume", idea?.id ?? "", "--wait");
    await goneAfter(run);
    const lost = performance.now() - from;
    expect(await again).toMatchObject({
      state: "completed",
      attempts: [{ id: run, outcome: "lost" }, { outcome: "succeeded" }],
    });
    expect(lost).toBeLessThan(5_000);
    await finished(bench, run);
  },
);

test.each(EDGES)(
  "[OPS-5] the runner is killed while the attempt is at its %s: the task is tried again",
  async (edge) => {
    const { bench, waiting, run } = await held(edge);
    await using _ = bench;
    const from = performance.now();
    killOf(run, "runner.ts");
    await goneAfter(run);
    expect(performance.now() - from).toBeLessThan(5_000);
    const [stdout, stderr, code] = await Promise.all([
      waiting.stdout.toArray(),
      waiting.stderr.toArray(),
      ended(waiting),
    ]);
    const idea = ideaOf(Buffer.concat(stdout).toString(), Buffer.concat(stderr).toString());
    expect(idea).toMatchObject({
      state: "completed",
      attempts: [{ id: run, outcome: "lost" }, { outcome: "succeeded" }],
    });
    expect(code).toBe(0);
    await finished(bench, run);
  },
);

test("[OPS-5] host and runner are killed together, and what they had started is ended too", async () => {
  const { bench, waiting, run } = await held("agent");
  await using _ = bench;
  waiting.kill("SIGKILL");
  killOf(run, "runner.ts");
  await ended(waiting);
  const [idea] = await bench.ask<{ id: string }[]>("idea", "list");
  const again = await bench.ask<ReturnType<typeof ideaOf>>("idea", "resume", idea?.id ?? "", "--wait");
  expect(again).toMatchObject({ state: "completed", attempts: [{ outcome: "lost" }, { outcome: "succeeded" }] });
  await finished(bench, run);
});

test("[OPS-5] what the agent runs is killed: the attempt fails for good, and nothing of it stays", async () => {
  const { bench, waiting, run } = await held("agent");
  await using _ = bench;
  killOf(run, `sleep ${HOLD_SECONDS}`);
  await ended(waiting);
  const [idea] = await bench.ask<{ id: string; state: string }[]>("idea", "list");
  const shown = await bench.ask<ReturnType<typeof ideaOf>>("idea", "show", idea?.id ?? "");
  expect(shown.attempts).toHaveLength(1);
  expect(shown.attempts[0]).toMatchObject({ state: "ended" });
  expect(shown.attempts[0]?.outcome).not.toBe("lost");
  expect(processesOf(run)).toEqual([]);
  expect(bench.clones()).toEqual([]);
});

const MEND = runs("mend", "sed -i 's/a - b/a + b/' sum.mjs && node --test");

/** The real Codex in the middle of a turn that never ends. */
async function inTurn(bench: IdeaBench): Promise<{ readonly waiting: CliChild; readonly run: string }> {
  const waiting = bench.start();
  await bench.model.request(1);
  const [run] = await bench.ask<{ id: string }[]>("run", "list");
  return { waiting, run: run?.id ?? "" };
}

test("[OPS-5] the real agent is killed in the middle of a turn: the attempt has failed, and nothing of it stays", async () => {
  await using bench = await ideaBench({ turns: [hangs()] });
  const { waiting, run } = await inTurn(bench);
  const from = performance.now();
  killOf(run, "app-server");
  const [stdout, stderr] = await Promise.all([waiting.stdout.toArray(), waiting.stderr.toArray(), ended(waiting)]);
  expect(performance.now() - from).toBeLessThan(10_000);
  const idea = ideaOf(Buffer.concat(stdout).toString(), Buffer.concat(stderr).toString());
  expect(idea.attempts).toMatchObject([{ id: run, outcome: "failed", failure_code: "AGENT_CRASHED" }]);
  expect(idea.changes).toEqual([]);
  expect(processesOf(run)).toEqual([]);
  expect(bench.clones()).toEqual([]);
  const caps = await bench.ask<{ reserved: number }[]>("budget", "show");
  expect(caps.filter(({ reserved }) => reserved !== 0)).toEqual([]);
});

test("[OPS-5] the runner of a real agent is killed in the middle of a turn: the agent is ended, the task is tried again", async () => {
  await using bench = await ideaBench({ turns: [hangs(), MEND, says("The sum is right now.")] });
  const { waiting, run } = await inTurn(bench);
  const from = performance.now();
  killOf(run, "runner.ts");
  await goneAfter(run);
  expect(performance.now() - from).toBeLessThan(5_000);
  const [stdout, stderr] = await Promise.all([waiting.stdout.toArray(), waiting.stderr.toArray(), ended(waiting)]);
  const idea = ideaOf(Buffer.concat(stdout).toString(), Buffer.concat(stderr).toString());
  expect(idea).toMatchObject({
    state: "completed",
    attempts: [{ id: run, outcome: "lost" }, { outcome: "succeeded" }],
  });
  await finished(bench, run);
});
