import { createHash } from "node:crypto";
import {
  RecordingGone,
  type LineBatch,
  type ReadFrom,
  type RecordingFile,
  type Recordings,
} from "../../ports/recordings.ts";
import { listRecordings, problemOf } from "./list-recordings.ts";
import { readChunks } from "./read-chunks.ts";
import { LineSplitter } from "./split-lines.ts";

/** Recordings as files below folders, plain (`.jsonl`) or compressed (`.jsonl.zst`). */
export function diskRecordings(): Recordings {
  return {
    list: (request) => Promise.resolve(listRecordings(request)),
    read: readBatches,
    prefixHash,
  };
}

async function* readBatches(file: RecordingFile, from: ReadFrom): AsyncGenerator<LineBatch> {
  const splitter = new LineSplitter(from);
  try {
    for await (const chunk of readChunks(file.path, from.offset)) yield splitter.push(chunk);
  } catch (error) {
    throw gone(file, error);
  }
  yield splitter.finish();
}

async function prefixHash(file: RecordingFile, bytes: number): Promise<string> {
  const hash = createHash("sha256");
  let left = bytes;
  try {
    for await (const chunk of readChunks(file.path, 0)) {
      hash.update(chunk.subarray(0, left));
      left -= chunk.length;
      if (left <= 0) break;
    }
  } catch (error) {
    throw gone(file, error);
  }
  return hash.digest("hex");
}

/** Errors of the file system become `RecordingGone`; anything else is a bug of the consumer and passes through. */
function gone(file: RecordingFile, error: unknown): unknown {
  const isSystem = error instanceof Error && "code" in error && typeof error.code === "string";
  return isSystem ? new RecordingGone({ path: file.path, reason: problemOf(error) }) : error;
}
