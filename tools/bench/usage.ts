/**
 * Cold `codex-loop usage --json` and ccusage's like of it on the same generated recordings, both as real children with
 * all they need to start. ccusage's program is run without the Node script that starts it, which favours ccusage.
 * `node tools/bench/usage.ts [--megabytes N]`
 */
import { chmodSync } from "node:fs";
import { join } from "node:path";
import { ASKED, benchOptions, type BenchOptions } from "./bench-options.ts";
import { childCost, type ChildRun } from "./child-cost.ts";
import type { Row } from "./figure.ts";
import { figuresTable } from "./figures-table.ts";
import { inTurns, least } from "./in-turns.ts";
import { ownCli } from "./own-cli.ts";
import { peerRequire, peerTitle } from "./peers.ts";
import { temporaryCorpus, type TemporaryCorpus } from "./temporary-corpus.ts";

export async function usageRows({ megabytes, rounds }: BenchOptions): Promise<readonly Row[]> {
  const ccusage = await ccusageProgram();
  using corpus = temporaryCorpus({ shape: "synthetic", bytes: megabytes * 1_000_000 });
  const runs = await inTurns(rounds, { ours: () => ourUsage(corpus), ccusage: () => theirUsage(ccusage, corpus) });
  const theirs = least(runs.ccusage, ({ cpuSeconds }) => cpuSeconds);
  return [
    {
      what: `\`usage\` of ${megabytes} MB, nothing kept from before`,
      unit: "CPU s",
      ours: least(runs.ours, ({ cpuSeconds }) => cpuSeconds),
      beside: { name: peerTitle("ccusage"), value: theirs },
      limit: megabytes < ASKED.megabytes ? null : { is: "at most", value: theirs },
    },
  ];
}

async function ourUsage(corpus: TemporaryCorpus): Promise<ChildRun> {
  const run = await ownCli(["usage", "--codex-home", corpus.codexHome, "--json", "--quiet"], corpus.home);
  const answer = JSON.parse(run.stdout) as { readonly totals: { readonly total: number } };
  return checked(run, answer.totals.total, corpus);
}

async function theirUsage(program: string, corpus: TemporaryCorpus): Promise<ChildRun> {
  const env = { PATH: process.env["PATH"], HOME: corpus.home, CODEX_HOME: corpus.codexHome };
  const run = await childCost([program, "codex", "daily", "--offline", "--json"], { env });
  const answer = JSON.parse(run.stdout) as { readonly totals: { readonly totalTokens: number } };
  return checked(run, answer.totals.totalTokens, corpus);
}

/** A fast wrong answer is not worth timing. */
function checked(run: ChildRun, counted: number, { tokens }: TemporaryCorpus): ChildRun {
  if (counted !== tokens) throw new Error(`Counted ${counted} tokens where the recordings hold ${tokens}.`);
  return run;
}

async function ccusageProgram(): Promise<string> {
  const { resolve } = await peerRequire("ccusage");
  const platform = `@ccusage/ccusage-${process.platform}-${process.arch}`;
  const program = join(resolve(`${platform}/package.json`), "../bin/ccusage");
  // The package leaves that to the script we pass over.
  chmodSync(program, 0o755);
  return program;
}

if (import.meta.main) console.log(figuresTable(await usageRows(benchOptions(process.argv.slice(2)))));
