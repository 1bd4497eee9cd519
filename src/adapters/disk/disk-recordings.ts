import type { RawLine } from "../../formats/record.ts";
import { sha256 } from "../../kit/hash.ts";
import {
  RecordingGone,
  type LineBatch,
  type ReadFrom,
  type RecordingFile,
  type Recordings,
  type WantsLine,
} from "../../ports/recordings.ts";
import { listRecordings, problemOf } from "./list-recordings.ts";
import { LinePicker } from "./pick-lines.ts";
import { ChunkReader } from "./read-chunks.ts";
import { LineSplitter } from "./split-lines.ts";

/** Recordings as files below folders, plain (`.jsonl`) or compressed (`.jsonl.zst`). */
export function diskRecordings(): Recordings {
  const chunks = new ChunkReader();
  return {
    list: (request) => Promise.resolve(listRecordings(request)),
    read: (file, from) => readBatches(chunks, file, from),
    pick: (file, wants) => pickLines(chunks, file, wants),
    prefixHash: async (file, bytes) => sha256(await naming(file, edgesOf(chunks, file.path, bytes))),
  };
}

async function* readBatches(chunks: ChunkReader, file: RecordingFile, from: ReadFrom): AsyncGenerator<LineBatch> {
  const splitter = new LineSplitter(from);
  try {
    for await (const chunk of chunks.read(file.path, Math.max(0, from.offset - 1))) yield splitter.push(chunk);
  } catch (error) {
    throw gone(file, error);
  }
  yield splitter.finish();
}

async function* pickLines(
  chunks: ChunkReader,
  file: RecordingFile,
  wants: WantsLine,
): AsyncGenerator<readonly RawLine[]> {
  const picker = new LinePicker(wants);
  try {
    for await (const chunk of chunks.read(file.path, 0)) yield picker.push(chunk);
  } catch (error) {
    throw gone(file, error);
  }
  yield picker.finish();
}

/** How much of a prefix stands for all of it, at its start and again at its end. */
const EDGE_BYTES = 4_096;

async function edgesOf(chunks: ChunkReader, path: string, bytes: number): Promise<Uint8Array> {
  if (bytes <= 2 * EDGE_BYTES) return chunks.range(path, 0, bytes);
  return Buffer.concat([await chunks.range(path, 0, EDGE_BYTES), await chunks.range(path, bytes - EDGE_BYTES, bytes)]);
}

async function naming<T>(file: RecordingFile, work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    throw gone(file, error);
  });
}

/** Errors of the file system become `RecordingGone`; anything else is a bug of the consumer and passes through. */
function gone(file: RecordingFile, error: unknown): unknown {
  const isSystem = error instanceof Error && "code" in error && typeof error.code === "string";
  return isSystem ? new RecordingGone({ path: file.path, reason: problemOf(error) }) : error;
}
