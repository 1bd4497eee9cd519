/**
 * `npm run bench -- [--megabytes N] [--files N] [--jobs N] [--rounds N]`: every bench, one table, and the same table in
 * docs/operate/performance.md. Never part of tests or gates: a figure belongs to a machine and an hour.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { benchOptions, type BenchOptions } from "./bench-options.ts";
import type { Row } from "./figure.ts";
import { gatewayRows } from "./gateway.ts";
import { ingestRows } from "./ingest.ts";
import { jobsRows } from "./jobs.ts";
import { load, thisMachine } from "./machine.ts";
import { measurementText, pageWith } from "./performance-page.ts";
import { policyRows } from "./policy.ts";
import { runsRows } from "./runs.ts";
import { startUpRows } from "./start-up.ts";
import { unchangedRows } from "./unchanged.ts";
import { usageRows } from "./usage.ts";

const PAGE = join(import.meta.dirname, "../../docs/operate/performance.md");

const BENCHES: Readonly<Record<string, (options: BenchOptions) => Promise<readonly Row[]>>> = {
  usage: usageRows,
  ingest: ingestRows,
  unchanged: unchangedRows,
  "start-up": startUpRows,
  jobs: jobsRows,
  policy: policyRows,
  gateway: gatewayRows,
  runs: runsRows,
};

const options = benchOptions(process.argv.slice(2));
const before = load();
const rows: Row[] = [];
for (const [name, bench] of Object.entries(BENCHES)) {
  process.stderr.write(`${name} …\n`);
  rows.push(...(await bench(options).catch((error: unknown) => [unmeasured(name, error)])));
}
const measurement = { rows, machine: thisMachine(), load: { before, after: load() } };
writeFileSync(PAGE, pageWith(readFileSync(PAGE, "utf8"), measurement));
console.log(measurementText(measurement));

/** The others are still worth measuring; the run as a whole has failed. */
function unmeasured(what: string, error: unknown): Row {
  process.exitCode = 1;
  const [why = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
  return { what, why };
}
