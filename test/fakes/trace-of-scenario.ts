import { join } from "node:path";
import { openSqlite } from "../../src/adapters/sqlite/open-sqlite.ts";
import { diskRecordings } from "../../src/adapters/disk/disk-recordings.ts";
import { fixedClock } from "../../src/kit/clock.ts";
import { seededRandom } from "../../src/kit/random.ts";
import { ingest } from "../../src/loop/learn/ingest/ingest.ts";
import type { Redacted } from "../../src/model/redacted.ts";
import { instantOf } from "../../src/model/time.ts";
import { TRACE_SOURCES, type SessionTrace, type TraceSource } from "../../src/model/trace.ts";
import type { Recordings } from "../../src/ports/recordings.ts";
import { redactor } from "../../src/policy/redact/redact-text.ts";
import { listSessions } from "../../src/store/sessions/list-sessions.ts";
import { loadSessionTraces } from "../../src/store/sessions/load-session-traces.ts";
import type { Store } from "../../src/store/store.ts";

const SAMPLES = join(import.meta.dirname, "..", "..", "samples");

/** A day after the recordings were made: whatever has no end by then has crashed. */
export const AFTER_RECORDING: number = Date.parse("2026-11-21T12:00:00.000Z");

/** The folder of a recorded scenario, e.g. `0.169.0/success` or `older/0.77.0`. */
export function samplePath(name: string): string {
  return join(SAMPLES, name);
}

/** A SQLite store in memory of one test; close it with `await using`. */
export async function scratchStore(path: string): Promise<Store> {
  const opened = await openSqlite({ path, clock: fixedClock(AFTER_RECORDING), random: seededRandom(1) });
  if (!opened.ok) throw new Error(opened.failure.message);
  return opened.value;
}

export interface IngestOptions {
  readonly sources?: readonly TraceSource[];
  readonly signal?: AbortSignal;
  /** Called with every text before it is redacted. */
  readonly onText?: (text: string) => void;
  /** The disk's when left out. */
  readonly recordings?: Recordings;
}

/** Ingests recordings the way the product does. */
export async function ingestInto(
  store: Store,
  paths: readonly string[],
  options: IngestOptions = {},
): Promise<Awaited<ReturnType<typeof ingest>>> {
  const { sources = TRACE_SOURCES, signal = new AbortController().signal, onText = () => undefined } = options;
  const redact = redactor({ salt: "test" });
  const seen = (text: string): Redacted => {
    onText(text);
    return redact(text);
  };
  const world = {
    clock: fixedClock(AFTER_RECORDING),
    store,
    recordings: options.recordings ?? diskRecordings(),
    redact: seen,
  };
  return ingest({ paths, sources, lookbackHours: null, sample: false }, world, { signal, progress: () => undefined });
}

/** All sessions of a store with their rows, the oldest first. */
export async function tracesIn(store: Store): Promise<readonly SessionTrace[]> {
  const now = instantOf(AFTER_RECORDING);
  return store.read(async (reader) => {
    const sessions = await listSessions(reader, { now });
    return loadSessionTraces(reader, sessions.map(({ session }) => session.id).toReversed(), { now });
  });
}

/** The sessions of a scenario as they stand in a store after ingest. */
export async function traceOfScenario(name: string): Promise<readonly SessionTrace[]> {
  const { mkdtemp, rm } = await import("node:fs/promises");
  const { tmpdir } = await import("node:os");
  const folder = await mkdtemp(join(tmpdir(), "codex-loop-"));
  try {
    await using store = await scratchStore(join(folder, "store.db"));
    const done = await ingestInto(store, [samplePath(name.includes("/") ? name : `0.169.0/${name}`)]);
    if (!done.ok) throw new Error(done.failure.message);
    return await tracesIn(store);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
