/**
 * What a person waits for around a run, with a scripted agent behind the real walls: from handing in to a branch, from
 * cancelling to the last process gone, from a killed runner to the next try. `node tools/bench/runs.ts [--rounds N]`
 */
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { processesOf } from "../../test/codex/processes-of.ts";
import { GREET, ideaFiles, type IdeaFiles } from "../../test/fakes/idea-files.ts";
import { endNow } from "../../test/fakes/end-now.ts";
import { spawnCli, startCli, type Around, type CliChild } from "../../test/fakes/run-cli.ts";
import { benchOptions, type BenchOptions } from "./bench-options.ts";
import type { Row } from "./figure.ts";
import { figuresTable } from "./figures-table.ts";
import { inTurns, least, most } from "./in-turns.ts";

/** Our own promises, milliseconds. */
const MOST_TO_GONE = 2_000;
const MOST_TO_RECOVER = 5_000;

export async function runsRows({ rounds }: BenchOptions): Promise<readonly Row[]> {
  const runs = await inTurns(rounds, { byHand, landed, killedShell, cancelled, recovered });
  const value = (ms: number): number => ms;
  return [
    {
      what: "a scripted run behind walls, from `idea add --wait` to its end",
      unit: "ms",
      ours: least(runs.landed, value),
      beside: { name: "clone, change, check and commit by hand", value: least(runs.byHand, value) },
      limit: null,
    },
    {
      what: "a cancelled run, from the end of `run cancel` until its last process is gone, worst round",
      unit: "ms",
      ours: most(runs.cancelled, value),
      beside: { name: "killing a shell and its child", value: most(runs.killedShell, value) },
      limit: { is: "at most", value: MOST_TO_GONE },
    },
    {
      what: "a killed runner, until the next try of its task runs, worst round",
      unit: "ms",
      ours: most(runs.recovered, value),
      beside: { name: "a scripted run, from start to end", value: least(runs.landed, value) },
      limit: { is: "at most", value: MOST_TO_RECOVER },
    },
  ];
}

async function inHome<T>(work: (around: Around, files: IdeaFiles) => Promise<T>): Promise<T> {
  const home = mkdtempSync(join(tmpdir(), "codex-loop-bench-"));
  try {
    return await work({ home }, ideaFiles(home));
  } finally {
    rmSync(home, { recursive: true });
  }
}

/** Milliseconds that `work` takes. */
async function took(work: () => Promise<unknown>): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

function landed(): Promise<number> {
  return inHome((around, { add }) =>
    took(async () => {
      const ran = await spawnCli([...add(GREET), "--wait"], around);
      if (ran.code !== 0) throw new Error(`the run ended with ${ran.code}: ${ran.stderr}`);
    }),
  );
}

function byHand(): Promise<number> {
  return inHome(async ({ home }, { repository }) => {
    const line = `git clone -q "${repository}" c && cd c && echo hello > greeting.txt && grep -q hello greeting.txt
      git add -A && git -c user.name=t -c user.email=t@localhost commit -q -m greet`;
    return took(async () => execFileSync("/bin/sh", ["-c", line], { cwd: home }));
  });
}

async function killedShell(): Promise<number> {
  const shell = spawn("/bin/sh", ["-c", "echo; sleep 300; true"], {
    detached: true,
    stdio: ["ignore", "pipe", "ignore"],
  });
  await once(shell.stdout, "data");
  return took(async () => {
    process.kill(-(shell.pid ?? 0), "SIGKILL");
    await once(shell, "close");
  });
}

function cancelled(): Promise<number> {
  return inHome(async (around, { add }) => {
    const waiting = startCli([...add({ run: ["sh", "-c", "(setsid sleep 317 &); sleep 317"] }), "--wait"], around);
    const run = await sleeping(waiting, around);
    await spawnCli(["run", "cancel", run], around);
    const ms = await took(() => until(() => processesOf(run).length === 0));
    await once(waiting, "close");
    return ms;
  });
}

function recovered(): Promise<number> {
  return inHome(async (around, { add }) => {
    const waiting = startCli([...add({ run: ["sh", "-c", "sleep 317"] }), "--wait"], around);
    const run = await sleeping(waiting, around);
    const runner = processesOf(run).find((line) => line.includes("runner.ts"));
    endNow(Number(runner?.split(" ")[0]));
    const ms = await took(() => sleeping(waiting, around, run));
    waiting.kill("SIGINT");
    await once(waiting, "close");
    return ms;
  });
}

/** The run whose sleep has begun, another one than `before`. */
async function sleeping(waiting: CliChild, around: Around, before?: string): Promise<string> {
  waiting.stdout.resume();
  waiting.stderr.resume();
  for (;;) {
    const listed = await spawnCli(["run", "list", "--json"], around);
    const runs = listed.code === 0 ? (JSON.parse(listed.stdout) as { readonly id: string }[]) : [];
    const [newest] = runs;
    const isThere = newest !== undefined && newest.id !== before;
    if (isThere && processesOf(newest.id).some((line) => line.includes("sleep 317"))) return newest.id;
    if (waiting.exitCode !== null) throw new Error("the waiting command ended before its run began");
  }
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}

if (import.meta.main) console.log(figuresTable(await runsRows(benchOptions(process.argv.slice(2)))));
