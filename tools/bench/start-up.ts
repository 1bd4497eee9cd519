/**
 * What starting the command line costs over bare Node in the same run: CPU time of real children, in a home whose store
 * holds the recordings we ship. `node tools/bench/start-up.ts [--rounds N]`
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { benchOptions, type BenchOptions } from "./bench-options.ts";
import { childCost, type ChildRun } from "./child-cost.ts";
import type { Figure, Row } from "./figure.ts";
import { figuresTable } from "./figures-table.ts";
import { inTurns, least } from "./in-turns.ts";
import { ownCli } from "./own-cli.ts";

/** Most milliseconds of CPU over bare Node; `null` where only the figure is of interest. */
const COMMANDS: Readonly<Record<string, { readonly words: readonly string[]; readonly mostOverBare: number | null }>> =
  {
    "--version": { words: ["--version"], mostOverBare: 60 },
    "--help": { words: ["--help"], mostOverBare: null },
    "sessions list": { words: ["sessions", "list", "--json"], mostOverBare: 150 },
    report: { words: ["report", "--json"], mostOverBare: 150 },
  };

/** Children of a few hundredths of a second: a round costs little, and the first one fills the caches of compiled code. */
const ROUNDS_EACH = 4;
const BARE = "bare node";
const SAMPLES = join(import.meta.dirname, "../../samples/0.169.0");

export async function startUpRows({ rounds }: BenchOptions): Promise<readonly Row[]> {
  const home = mkdtempSync(join(tmpdir(), "codex-loop-bench-"));
  try {
    await ownCli(["ingest", SAMPLES, "--quiet"], home);
    const contestants: Record<string, () => Promise<ChildRun>> = { [BARE]: () => bareNode(home) };
    for (const [name, { words }] of Object.entries(COMMANDS)) contestants[name] = () => ownCli(words, home);
    const runs = await inTurns(rounds * ROUNDS_EACH, contestants);
    const bare = milliseconds(runs[BARE]);
    return Object.keys(COMMANDS).map((name) => row(name, milliseconds(runs[name]), bare));
  } finally {
    rmSync(home, { recursive: true });
  }
}

function row(name: string, ours: number, bare: number): Figure {
  const over = COMMANDS[name]?.mostOverBare ?? null;
  return {
    what: `\`codex-loop ${name}\`, from start to end`,
    unit: "CPU ms",
    ours,
    beside: { name: BARE, value: bare },
    limit: over === null ? null : { is: "at most", value: bare + over },
  };
}

function bareNode(home: string): Promise<ChildRun> {
  return childCost([process.execPath, "-e", "0"], { env: { PATH: process.env["PATH"], HOME: home } });
}

function milliseconds(runs: readonly ChildRun[] = []): number {
  return 1000 * least(runs, ({ cpuSeconds }) => cpuSeconds);
}

if (import.meta.main) console.log(figuresTable(await startUpRows(benchOptions(process.argv.slice(2)))));
