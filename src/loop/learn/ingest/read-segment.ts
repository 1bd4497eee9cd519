import { detectReader, readerOf } from "../../../formats/detect.ts";
import type { LineReader } from "../../../formats/record.ts";
import { newTokenCounter } from "../../../formats/rollout/token-counter.ts";
import { NEW_SPINE_MEMORY } from "../../../formats/spine/follow-spine.ts";
import { sha256 } from "../../../kit/hash.ts";
import { idOf, type SegmentName } from "../../../model/ids.ts";
import type { TraceSource } from "../../../model/trace.ts";
import type { LineBatch, ReadFrom, RecordingFile, Recordings } from "../../../ports/recordings.ts";
import { forgetSegment } from "../../../store/ingest/forget-segment.ts";
import { getIngestCursor, type IngestCursor } from "../../../store/ingest/get-ingest-cursor.ts";
import type { CursorFacts } from "../../../store/ingest/list-ingest-cursors.ts";
import type { Store } from "../../../store/store.ts";
import type { Excerpts } from "./excerpts.ts";
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

/** Bytes at a file's start whose hash tells a grown file from a rewritten one. */
const PREFIX_BYTES = 4_096;
const START: ReadFrom = { offset: 0, lines: 0 };

/** Reads what is new of one file into the writer, from its cursor or from the start. */
export async function readSegment(task: ReadingTask, context: SegmentContext, signal: AbortSignal): Promise<void> {
  const reading = (await resume(task, context)) ?? newReading(task.file);
  for await (const batch of context.recordings.read(task.file, reading.at)) {
    takeBatch(reading, batch, { task, context });
    if (context.writer.isFull) await save(reading, task, context);
    if (signal.aborted || reading.isForeign) break;
  }
  await save(reading, task, context);
  if (!reading.isForeign) context.tally.files += 1;
}

/** A file being read. `fold` is `null` until the first line has told the format; it stays so for a foreign file. */
interface Reading {
  readonly file: RecordingFile;
  at: ReadFrom;
  fold: { readonly reader: LineReader; readonly state: FoldState; readonly target: FoldTarget } | null;
  isForeign: boolean;
}

function newReading(file: RecordingFile): Reading {
  return { file, at: START, fold: null, isForeign: false };
}

/** Goes on from the cursor when the file still begins as it did; else a known file's rows are forgotten first. */
async function resume(task: ReadingTask, context: SegmentContext): Promise<Reading | null> {
  const { cursor, file, goesOn } = task;
  if (cursor === null) return null;
  const saved = goesOn ? await context.store.read((reader) => getIngestCursor(reader, cursor.path)) : null;
  const shrunk = saved !== null && !file.path.endsWith(".zst") && file.size < saved.offset;
  if (saved === null || shrunk || (await prefixOf(file, saved, context)) !== saved.prefixHash)
    return forget(cursor, context);
  return reopened(file, saved, context);
}

/** Forgets every row of the file, so that it can be read from the start. */
async function forget(cursor: CursorFacts, context: SegmentContext): Promise<null> {
  const { path, segment } = cursor;
  await context.writer.flush();
  await context.store.write({ actor: "ingest" }, (tx) => forgetSegment(tx, { path, segment }), {
    durability: "rebuildable",
  });
  return null;
}

function prefixOf(file: RecordingFile, saved: { readonly offset: number }, context: SegmentContext): Promise<string> {
  return context.recordings.prefixHash(file, Math.min(saved.offset, PREFIX_BYTES));
}

function reopened(file: RecordingFile, saved: IngestCursor, context: SegmentContext): Reading {
  const at = { offset: saved.offset, lines: saved.lines };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- our own checkpoint, guarded by the parser version.
  const state = JSON.parse(saved.state) as FoldState | null;
  const reader = state === null ? null : readerOf(state.source, file.path);
  const fold = state === null || reader === null ? null : { reader, state, target: targetOf(file, state, context) };
  return { file, at, fold, isForeign: fold === null };
}

/** Folds a batch. A file of no known or wanted format turns foreign: its rest need not be read. */
function takeBatch(
  reading: Reading,
  batch: LineBatch,
  { task, context }: { task: ReadingTask; context: SegmentContext },
): void {
  for (const line of batch.lines) {
    reading.fold ??= openFormat(reading, line.head, { task, context });
    if (reading.fold === null) return;
    const { reader, state, target } = reading.fold;
    foldLine(state, reader.read(line), { segment: state.segment, offset: line.offset, line: line.line }, target);
  }
  context.tally.bytes += batch.nextOffset - reading.at.offset;
  reading.at = { offset: batch.nextOffset, lines: batch.nextLine };
}

function openFormat(
  reading: Reading,
  firstLine: Uint8Array,
  { task, context }: { task: ReadingTask; context: SegmentContext },
): Reading["fold"] {
  const { file } = reading;
  const reader = reading.isForeign ? null : detectReader({ name: file.name, firstLine, path: file.path });
  if (reader === null || !context.sources.includes(reader.source)) {
    if (reader === null && task.named && !reading.isForeign) complain(file, context);
    reading.isForeign = true;
    return null;
  }
  const state = newState(segmentName(reader.source, file), reader.source);
  return { reader, state, target: targetOf(file, state, context) };
}

function complain(file: RecordingFile, context: SegmentContext): void {
  const path = context.excerpts.detail(file.path);
  context.writer.rows.unreadable.push({ path, offset: 0, line: 1, reason: "unknown_format" });
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
async function save(reading: Reading, task: ReadingTask, context: SegmentContext): Promise<void> {
  const { file, fold, at } = reading;
  if (fold !== null) checkpoint(fold.state, at.lines, fold.target);
  context.writer.putCursor({
    ...cursorOf(file, at),
    segment: fold?.state.segment ?? file.name,
    sessionId: fold?.state.session?.id ?? null,
    prefixHash: await prefixOf(file, at, context),
    state: JSON.stringify(fold?.state ?? null),
  });
  if (task.cursor !== null && task.cursor.path !== file.path) context.writer.dropCursor(task.cursor.path);
  if (context.writer.isFull) await context.writer.flush();
}

function cursorOf(
  file: RecordingFile,
  at: ReadFrom,
): Omit<IngestCursor, "segment" | "sessionId" | "prefixHash" | "state"> {
  const { path, size, mtimeMs, inode } = file;
  return { path, size, mtimeMs, inode, offset: at.offset, lines: at.lines, parserVersion: PARSER_VERSION };
}
