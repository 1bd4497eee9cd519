/**
 * Full ingest with signals and prices into a new SQLite store, in processes of its own, for recordings of many usual and
 * of few fat lines. The floor in the same run reads the same bytes, parses every line and stores nothing.
 * `node tools/bench/ingest.ts [--megabytes N]`
 */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { benchOptions, type BenchOptions } from "./bench-options.ts";
import type { Row } from "./figure.ts";
import { figuresTable } from "./figures-table.ts";
import type { Shape } from "./generate-corpus.ts";
import { inTurns, most } from "./in-turns.ts";
import { runPass, type Pass } from "./passes/pass.ts";
import { temporaryCorpus, type TemporaryCorpus } from "./temporary-corpus.ts";

const LEAST_SPEED = 150;
const MOST_MEMORY = 200;

export async function ingestRows(options: BenchOptions): Promise<readonly Row[]> {
  return [...(await rowsOf("synthetic", options)), ...(await rowsOf("fat", options))];
}

async function rowsOf(shape: Shape, { megabytes, rounds }: BenchOptions): Promise<readonly Row[]> {
  using corpus = temporaryCorpus({ shape, bytes: megabytes * 1_000_000 });
  const runs = await inTurns(rounds, {
    ours: () => ingestOnce(corpus),
    floor: async () => checked(await runPass("parse", [corpus.codexHome]), corpus),
  });
  const what = `${megabytes} MB of ${shape === "fat" ? "fat" : "usual"} lines with signals`;
  return [
    {
      what: `ingest of ${what}`,
      unit: "MB per CPU s",
      ours: most(runs.ours, speed),
      beside: { name: "parsing every line", value: most(runs.floor, speed) },
      limit: { is: "at least", value: LEAST_SPEED },
    },
    {
      what: `most memory at ingest of ${what}`,
      unit: "MB",
      // The worst run, not the best: a limit of memory holds always or not at all.
      ours: most(runs.ours, ({ peakMegabytes }) => peakMegabytes),
      beside: { name: "parsing every line", value: most(runs.floor, ({ peakMegabytes }) => peakMegabytes) },
      limit: { is: "at most", value: MOST_MEMORY },
    },
  ];
}

async function ingestOnce(corpus: TemporaryCorpus): Promise<Pass> {
  const folder = join(corpus.home, "store");
  rmSync(folder, { recursive: true, force: true });
  return checked(await runPass("ingest", [corpus.codexHome, join(folder, "store.db")]), corpus);
}

function speed({ bytes, cpuSeconds }: Pass): number {
  return bytes / 1_000_000 / cpuSeconds;
}

function checked(pass: Pass, { files, bytes }: TemporaryCorpus): Pass {
  if (pass.files === files && pass.bytes === bytes) return pass;
  throw new Error(`Read ${pass.bytes} bytes of ${pass.files} files where there are ${bytes} of ${files}.`);
}

if (import.meta.main) console.log(figuresTable(await ingestRows(benchOptions(process.argv.slice(2)))));
