/**
 * A pass over very many small files of which none has changed: the pass alone, and the whole command as a person starts it.
 * The floor in the same run walks the same tree and asks for each file's size and time.
 * `node tools/bench/unchanged.ts [--files N]`
 */
import { join } from "node:path";
import { ASKED, benchOptions, type BenchOptions } from "./bench-options.ts";
import { childCost } from "./child-cost.ts";
import type { Limit, Row } from "./figure.ts";
import { figuresTable } from "./figures-table.ts";
import { inTurns, least } from "./in-turns.ts";
import { ownCli } from "./own-cli.ts";
import { runPass, type Pass } from "./passes/pass.ts";
import { temporaryCorpus, type TemporaryCorpus } from "./temporary-corpus.ts";

const MOST_SECONDS = 0.3;

export async function unchangedRows({ files, rounds }: BenchOptions): Promise<readonly Row[]> {
  using corpus = temporaryCorpus({ shape: "tiny", files });
  const store = join(corpus.home, "store.db");
  const command = ["ingest", corpus.codexHome, "--store", store, "--json", "--quiet"];
  await ownCli(command, corpus.home);
  const walk = join(import.meta.dirname, "passes/walk.ts");
  const runs = await inTurns<string, { readonly cpuSeconds: number }>(rounds, {
    pass: async () => checked(await runPass("unchanged", [corpus.codexHome, store]), corpus),
    walk: async () => checked(await runPass("walk", [corpus.codexHome]), corpus),
    command: () => ownCli(command, corpus.home),
    walkCommand: () => childCost([process.execPath, walk, corpus.codexHome], { env: process.env }),
  });
  const cost = (name: string): number => least(runs[name] ?? [], ({ cpuSeconds }) => cpuSeconds);
  const what = `${files.toLocaleString("en-US")} files, none changed`;
  const limit: Limit | null = files < ASKED.files ? null : { is: "at most", value: MOST_SECONDS };
  return [
    {
      what: `pass over ${what}`,
      unit: "CPU s",
      ours: cost("pass"),
      beside: { name: "walk and stat", value: cost("walk") },
      limit,
    },
    {
      what: `\`ingest\` of ${what}, starting included`,
      unit: "CPU s",
      ours: cost("command"),
      beside: { name: "walk and stat, starting included", value: cost("walkCommand") },
      limit,
    },
  ];
}

function checked(pass: Pass, { files }: TemporaryCorpus): Pass {
  if (pass.files === files && pass.bytes === 0) return pass;
  throw new Error(`Passed over ${pass.files} of ${files} files and read ${pass.bytes} bytes.`);
}

if (import.meta.main) console.log(figuresTable(await unchangedRows(benchOptions(process.argv.slice(2)))));
