/**
 * Reads recordings incrementally: list → plan (what is new, grown, moved or rewritten) → read and fold → write.
 * Rows and the cursor that covers them are written in one transaction, so whatever stops the run, the next one goes on
 * exactly there; rows are keyed by their place, so reading a line twice changes nothing.
 */
import type { Clock } from "../../../kit/clock.ts";
import { pacer } from "../../../kit/pacer.ts";
import { fail, ok, type Result } from "../../../kit/result.ts";
import type { Failure } from "../../../model/failure.ts";
import type { Redacted } from "../../../model/redacted.ts";
import type { TraceSource } from "../../../model/trace.ts";
import {
  RecordingGone,
  type RecordingFile,
  type RecordingProblem,
  type Recordings,
} from "../../../ports/recordings.ts";
import { storeFact } from "../../../store/facts/store-fact.ts";
import { listIngestCursors } from "../../../store/ingest/list-ingest-cursors.ts";
import { forgetSamples } from "../../../store/sessions/forget-samples.ts";
import type { Store } from "../../../store/store.ts";
import { excerpts } from "./excerpts.ts";
import { planReading, type ReadingPlan } from "./plan-reading.ts";
import { readSegment } from "./read-segment.ts";
import { newTally, type IngestTally } from "./tally.ts";
import { TraceWriter } from "./trace-writer.ts";

export interface IngestWorld {
  readonly clock: Clock;
  readonly store: Store;
  readonly recordings: Recordings;
  readonly redact: (text: string) => Redacted;
}

export interface IngestRequest {
  /** Files and folders to read. */
  readonly paths: readonly string[];
  /** Formats to take; others are passed over. */
  readonly sources: readonly TraceSource[];
  /** Only files changed in the last so many hours; `null` takes everything. */
  readonly lookbackHours: number | null;
  /** True for the recordings we ship. */
  readonly sample: boolean;
}

export interface IngestControl {
  /** Ends the run after the batch at hand; what was read is kept. */
  readonly signal: AbortSignal;
  readonly progress: (progress: {
    readonly doneBytes: number;
    readonly totalBytes: number;
    readonly files: number;
  }) => void;
}

/** Names of files worth opening inside folders. */
const ENDINGS = [".jsonl", ".jsonl.zst", "toolcalls.ndjson"];

export async function ingest(
  request: IngestRequest,
  world: IngestWorld,
  control: IngestControl,
): Promise<Result<IngestTally, Failure>> {
  const started = world.clock.elapsed();
  const listing = await world.recordings.list({ paths: request.paths, endings: ENDINGS });
  if (!listing.ok) return listing;
  const since = request.lookbackHours === null ? null : world.clock.now() - request.lookbackHours * 3_600_000;
  const files = listing.value.files.filter((file) => since === null || file.mtimeMs >= since);
  if (!request.sample && files.length > 0) await makeRoom(world.store);
  const cursors = await world.store.read((reader) => listIngestCursors(reader));
  const plan = planReading(files, { cursors, named: new Set(request.paths) });
  const tally = newTally(plan.unchanged, listing.value.problems);
  await readAll(plan, { request, world, control, tally });
  tally.seconds = (world.clock.elapsed() - started) / 1000;
  return control.signal.aborted ? fail(INTERRUPTED) : ok(tally);
}

/** A person's own recordings take the place of the ones we ship: figures over both would be nobody's. */
async function makeRoom(store: Store): Promise<void> {
  const isSample = (await store.read((reader) => storeFact(reader, "sample"))) === "1";
  if (isSample) await store.write({ actor: "ingest" }, forgetSamples);
}

interface Run {
  readonly request: IngestRequest;
  readonly world: IngestWorld;
  readonly control: IngestControl;
  readonly tally: IngestTally;
}

async function readAll(plan: ReadingPlan, run: Run): Promise<void> {
  const { request, world, control, tally } = run;
  const writer = new TraceWriter(world.store, { stamp: { actor: "ingest" }, tally });
  const context = {
    ...world,
    excerpts: excerpts(world.redact),
    writer,
    tally,
    sources: request.sources,
    sample: request.sample,
  };
  const breathe = pacer(world.clock);
  let doneBytes = 0;
  for (const task of plan.tasks) {
    await breathe();
    if (control.signal.aborted) break;
    const onBatch = (bytes: number): Promise<void> | undefined => {
      // A compressed file gives more bytes than it has.
      control.progress({
        doneBytes: doneBytes + Math.min(bytes, task.bytes),
        totalBytes: plan.bytes,
        files: tally.files,
      });
      return breathe();
    };
    await tolerantly(tally.problems, task.file, () => readSegment(task, context, { signal: control.signal, onBatch }));
    doneBytes += task.bytes;
    control.progress({ doneBytes, totalBytes: plan.bytes, files: tally.files });
  }
  await writer.flush();
}

/** A file that vanished or may not be read is reported; the rest goes on. */
async function tolerantly(problems: RecordingProblem[], file: RecordingFile, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof RecordingGone)) throw error;
    problems.push({ ...error.problem, path: file.path });
  }
}

const INTERRUPTED: Failure = {
  code: "interrupted",
  message: "Reading was interrupted.",
  cause: "A stop was asked for; everything read so far is stored.",
  hint: "Do this: run the same command again; it goes on where it stopped.",
  retry: "now",
};
