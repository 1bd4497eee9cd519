import { detectReader, readerOf } from "../../../formats/detect.ts";
import type { LineReader } from "../../../formats/record.ts";
import { newTokenCounter } from "../../../formats/rollout/token-counter.ts";
import { NEW_SPINE_MEMORY } from "../../../formats/spine/follow-spine.ts";
import { sha256 } from "../../../kit/hash.ts";
import { idOf, type SegmentName } from "../../../model/ids.ts";
import type { TraceSource } from "../../../model/trace.ts";
import {
  RecordingGone,
  type LineBatch,
  type ReadFrom,
  type RecordingFile,
  type Recordings,
} from "../../../ports/recordings.ts";
import { forgetSegment } from "../../../store/ingest/forget-segment.ts";
import { getIngestCursor, type IngestCursor } from "../../../store/ingest/get-ingest-cursor.ts";
import type { CursorFacts } from "../../../store/ingest/list-ingest-cursors.ts";
import type { Store } from "../../../store/store.ts";
import type { Excerpts } from "./excerpts.ts";
import { awaitsOutput } from "./fold-calls.ts";
import { checkpoint, foldLine, type FoldTarget } from "./fold.ts";
import type { FoldState } from "./fold-state.ts";
import { PARSER_VERSION, type ReadingTask } from "./plan-reading.ts";
import type { IngestTally } from "./tally.ts";
import type { TraceWriter } from "./trace-writer.ts";

export interface SegmentContext {
  readonly store: Store;
  readonly recordings: Recordings;
  readonly excerpts: Excerpts;
  readonly writer: TraceWriter;
  readonly tally: IngestTally;
  readonly sources: readonly TraceSource[];
  readonly sample: boolean;
}

const START: ReadFrom = { offset: 0, lines: 0 };

export interface SegmentControl {
  /** Ends reading after the batch at hand. */
  readonly signal: AbortSignal;
  /** Told after every batch how many bytes of the file were read in this call; awaited, so that others get their turn. */
  readonly onBatch: (bytes: number) => Promise<void> | undefined;
}

/** Reads what is new of one file into the writer, from its cursor or from the start. Throws `RecordingGone`. */
export async function readSegment(task: ReadingTask, context: SegmentContext, control: SegmentControl): Promise<void> {
  const reading = (await resume(task, context)) ?? newReading(task);
  try {
    if (reading.passedOver === null) await readOn(reading, context, control);
    if (reading.passedOver === "unwanted") return;
    await save(reading, context, { isWhole: !control.signal.aborted });
  } catch (error) {
    if (error instanceof RecordingGone) closeRows(reading);
    throw error;
  }
  if (reading.passedOver === null) context.tally.files += 1;
}

/** Rows of a file that vanished while it was read are kept, so their session must stand beside them; its cursor must not move. */
function closeRows({ fold, at }: Reading): void {
  if (fold !== null) checkpoint(fold.state, at.lines, fold.target);
}

async function readOn(reading: Reading, context: SegmentContext, { signal, onBatch }: SegmentControl): Promise<void> {
  const start = reading.at.offset;
  for await (const batch of context.recordings.read(reading.task.file, reading.at)) {
    takeBatch(reading, batch, context);
    await onBatch(reading.at.offset - start);
    if (reading.passedOver !== null || signal.aborted) return;
    if (context.writer.isFull) await save(reading, context, { isWhole: false });
  }
}

/** A file whose format is known: its reader and the state of its fold. */
interface Folding {
  readonly reader: LineReader;
  readonly state: FoldState;
  readonly target: FoldTarget;
  readonly awaits: (callId: string) => boolean;
}

/** A file being read. `fold` is `null` until the first line has told the format. */
interface Reading {
  readonly task: ReadingTask;
  at: ReadFrom;
  fold: Folding | null;
  /** Why the file is not read: nobody knows its format, or nobody asked for it. */
  passedOver: "unknown" | "unwanted" | null;
}

function newReading(task: ReadingTask): Reading {
  return { task, at: START, fold: null, passedOver: null };
}

/** Goes on from the cursor when the file still begins as it did; else a known file's rows are forgotten first. */
async function resume(task: ReadingTask, context: SegmentContext): Promise<Reading | null> {
  const { cursor, file, goesOn } = task;
  if (cursor === null) return null;
  const saved = goesOn ? await context.store.read((reader) => getIngestCursor(reader, cursor.path)) : null;
  if (saved === null || (await context.recordings.prefixHash(file, saved.offset)) !== saved.prefixHash)
    return forget(cursor, context);
  return reopened(task, saved, context);
}

/** Forgets every row of the file, so that it can be read from the start. */
async function forget(cursor: CursorFacts, context: SegmentContext): Promise<null> {
  const { path, segment } = cursor;
  await context.writer.flush();
  const reportedAs = context.excerpts.detail(path);
  await context.store.write({ actor: "ingest" }, (tx) => forgetSegment(tx, { path, segment, reportedAs }), {
    durability: "rebuildable",
  });
  return null;
}

function reopened(task: ReadingTask, saved: IngestCursor, context: SegmentContext): Reading {
  const { file } = task;
  const at = { offset: saved.offset, lines: saved.lines };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own checkpoint, guarded by the parser version.
  const state = JSON.parse(saved.state) as FoldState | null;
  // Without a state no line was whole yet, the format was unknown, or the session was pruned: the file is read from its start.
  if (state === null) return newReading(task);
  const fold = foldingOf(readerOf(state.source, file.path), { state, target: targetOf(file, state, context) });
  return { task, at, fold, passedOver: context.sources.includes(state.source) ? null : "unwanted" };
}

function foldingOf(reader: LineReader, parts: Pick<Folding, "state" | "target">): Folding {
  return { ...parts, reader, awaits: (callId) => awaitsOutput(parts.state, callId) };
}

/** Folds a batch. A file of no known or wanted format is passed over: its rest need not be read. */
function takeBatch(reading: Reading, batch: LineBatch, context: SegmentContext): void {
  for (const line of batch.lines) {
    reading.fold ??= openFormat(reading, line.head, context);
    if (reading.fold === null) return;
    const { reader, state, target, awaits } = reading.fold;
    foldLine(
      state,
      reader.read(line, awaits),
      { segment: state.segment, offset: line.offset, line: line.line },
      target,
    );
  }
  context.tally.bytes += batch.nextOffset - reading.at.offset;
  reading.at = { offset: batch.nextOffset, lines: batch.nextLine };
}

function openFormat(reading: Reading, firstLine: Uint8Array, context: SegmentContext): Reading["fold"] {
  const { file, named } = reading.task;
  const reader = detectReader({ name: file.name, firstLine, path: file.path });
  if (reader === null || !context.sources.includes(reader.source)) {
    if (reader === null && named) complain(file, context);
    reading.passedOver = reader === null ? "unknown" : "unwanted";
    return null;
  }
  const state = newState(segmentName(reader.source, file), reader.source);
  return foldingOf(reader, { state, target: targetOf(file, state, context) });
}

function complain(file: RecordingFile, context: SegmentContext): void {
  const path = context.excerpts.detail(file.path);
  context.writer.rows.unreadable.push({ path, offset: 0, line: 1, reason: context.excerpts.word("unknown_format") });
}

/** Rollout names are unique in the world; the others need their folder or a hash of their path to be. */
function segmentName(source: TraceSource, file: RecordingFile): SegmentName {
  if (source === "rollout") return file.name;
  if (source === "spine") return idOf.segment(file.path.split("/").slice(-2).join("/"));
  return idOf.segment(`${file.name}@${sha256(file.path).slice(0, 8)}`);
}

function newState(segment: SegmentName, source: TraceSource): FoldState {
  return {
    segment,
    source,
    session: null,
    firstOrdinal: null,
    model: null,
    approvalPolicy: null,
    sandbox: null,
    turn: null,
    turnsSeen: 0,
    hasTurnLines: false,
    open: [],
    recent: [],
    processes: [],
    counter: newTokenCounter(),
    spine: NEW_SPINE_MEMORY,
    lastAt: null,
  };
}

function targetOf(file: RecordingFile, state: FoldState, context: SegmentContext): FoldTarget {
  return {
    rows: context.writer.rows,
    file: { name: state.segment, path: file.path },
    unknownTypes: context.tally.unknownTypes,
    excerpts: context.excerpts,
    sample: context.sample,
  };
}

/** Puts the cursor beside the rows it covers; the writer writes both together. */
async function save(reading: Reading, context: SegmentContext, { isWhole }: { isWhole: boolean }): Promise<void> {
  const { task, fold, at } = reading;
  const { path, size, mtimeMs, inode } = task.file;
  closeRows(reading);
  context.writer.putCursor({
    path,
    // A file of this size counts as unchanged: one that was left in its middle must not.
    size: isWhole ? size : 0,
    mtimeMs,
    inode,
    offset: at.offset,
    lines: at.lines,
    parserVersion: PARSER_VERSION,
    segment: fold?.state.segment ?? task.file.name,
    sessionId: fold?.state.session?.id ?? null,
    prefixHash: await context.recordings.prefixHash(task.file, at.offset),
    state: JSON.stringify(fold?.state ?? null),
  });
  if (task.cursor !== null && task.cursor.path !== path) {
    const { excerpts, writer } = context;
    const from = task.cursor.path;
    writer.moveFile({ from, reportedFrom: excerpts.detail(from), reportedTo: excerpts.detail(path) });
  }
  if (context.writer.isFull) await context.writer.flush();
}
