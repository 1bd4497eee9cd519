import { diskRecordings } from "../../../src/adapters/disk/disk-recordings.ts";
import { openSqlite } from "../../../src/adapters/sqlite/open-sqlite.ts";
import { systemClock } from "../../../src/kit/clock.ts";
import { systemRandom } from "../../../src/kit/random.ts";
import { ingest, type IngestWorld } from "../../../src/loop/learn/ingest/ingest.ts";
import type { IngestTally } from "../../../src/loop/learn/ingest/tally.ts";
import type { LearnWorld } from "../../../src/loop/learn.ts";
import { TRACE_SOURCES } from "../../../src/model/trace.ts";
import { priceOfRows, priceVersion } from "../../../src/policy/prices/price-of.ts";
import { redactor } from "../../../src/policy/redact/redact-text.ts";

/** All that reading and judging need, over a SQLite store that is made when it is not there. */
export async function benchWorld(path: string): Promise<IngestWorld & LearnWorld & AsyncDisposable> {
  const opened = await openSqlite({ path, clock: systemClock, random: systemRandom });
  if (!opened.ok) throw new Error(opened.failure.message);
  const store = opened.value;
  return {
    clock: systemClock,
    store,
    recordings: diskRecordings(),
    redact: redactor({ salt: "bench" }),
    priceOf: priceOfRows(),
    priceVersion: priceVersion(),
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  };
}

/** Reads everything below a folder that is not in the store yet. */
export async function ingestAll(world: IngestWorld, codexHome: string): Promise<IngestTally> {
  const request = { paths: [codexHome], sources: TRACE_SOURCES, lookbackHours: null, sample: false };
  const control = { signal: new AbortController().signal, progress: () => undefined };
  const read = await ingest(request, world, control);
  if (!read.ok) throw new Error(read.failure.message);
  return read.value;
}
