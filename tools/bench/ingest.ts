/**
 * Full ingest with signals and prices of a Codex home into a new SQLite store, in CPU seconds of this process. The floor
 * in the same run is a plain read of the same bytes that parses every line and stores nothing.
 * `node tools/bench/ingest.ts CODEX_HOME`
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { diskRecordings } from "../../src/adapters/disk/disk-recordings.ts";
import { openSqlite } from "../../src/adapters/sqlite/open-sqlite.ts";
import { systemClock } from "../../src/kit/clock.ts";
import { systemRandom } from "../../src/kit/random.ts";
import { ingest } from "../../src/loop/learn/ingest/ingest.ts";
import { recompute } from "../../src/loop/learn.ts";
import { TRACE_SOURCES } from "../../src/model/trace.ts";
import { priceOfRows } from "../../src/policy/prices/price-of.ts";
import { redactor } from "../../src/policy/redact/redact-text.ts";

const [home = ""] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "codex-loop-bench-"));
try {
  const opened = await openSqlite({ path: join(folder, "store.db"), clock: systemClock, random: systemRandom });
  if (!opened.ok) throw new Error(opened.failure.message);
  await using store = opened.value;
  const world = { clock: systemClock, store, recordings: diskRecordings(), redact: redactor({ salt: "bench" }), priceOf: priceOfRows() };
  const signal = new AbortController().signal;
  const request = { paths: [home], sources: TRACE_SOURCES, lookbackHours: null, sample: false };
  const reading = await measured(() => ingest(request, world, { signal, progress: () => undefined }));
  if (!reading.value.ok) throw new Error(reading.value.failure.message);
  const judging = await measured(() => recompute(world, { session: null, signal }));
  const peak = process.resourceUsage().maxRSS / 1024;
  const again = await measured(() => ingest(request, world, { signal, progress: () => undefined }));
  const megabytes = reading.value.value.bytes / 1_000_000;
  const floor = await measured(() => parseEverything(home));
  const cpu = reading.cpu + judging.cpu;
  print({
    files: reading.value.value.files,
    megabytes: round(megabytes),
    ingest_cpu_s: round(reading.cpu),
    signals_cpu_s: round(judging.cpu),
    mb_per_cpu_s: round(megabytes / cpu),
    ratio_to_parse_floor: round(cpu / floor.cpu),
    unchanged_pass_cpu_s: round(again.cpu),
    peak_rss_mb: round(peak),
  });
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function measured<T>(work: () => T | Promise<T>): Promise<{ readonly value: T; readonly cpu: number }> {
  const before = process.cpuUsage();
  const value = await work();
  const { user, system } = process.cpuUsage(before);
  return { value, cpu: (user + system) / 1_000_000 };
}

/** What any reader must at least do: read the bytes and parse the lines. */
function parseEverything(root: string): number {
  let lines = 0;
  for (const name of readdirSync(root, { recursive: true, encoding: "utf8" })) {
    if (!name.endsWith(".jsonl")) continue;
    for (const line of readFileSync(join(root, name), "utf8").split("\n")) {
      if (line !== "") JSON.parse(line);
      lines += 1;
    }
  }
  return lines;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function print(result: Record<string, number>): void {
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
