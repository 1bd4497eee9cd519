/**
 * Writes one thread as a spine: lines numbered from 1, cut into segments, each with a meta file that says what its bytes
 * must be. Text has to be redacted before it comes here. Nothing is kept but the segment that is being filled.
 */
import { runningSha256, type RunningHash } from "../../kit/hash.ts";
import type { Instant } from "../../model/time.ts";
import type { TraceRecord } from "../record.ts";
import { SpineBodies, type SpineBody } from "./spine-body.ts";
import { SEGMENT_LIMITS, type SegmentMeta, segmentStem, SPINE_VERSION } from "./spine-words.ts";

/** Bytes for the end of a file, relative to the folder the spine is written into. */
export interface FileChunk {
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface SpineOptions {
  readonly threadId: string;
  /** Time of the export: `created_at` and `closed_at` of every segment, and of lines before the first known time. */
  readonly at: Instant;
  readonly limits?: { readonly bytes: number; readonly records: number };
}

/** The spine of a thread as chunks of `segment-NNN.jsonl` (one per line) and `segment-NNN.meta.json` (one per file). */
export async function* writeSpine(
  records: AsyncIterable<TraceRecord> | Iterable<TraceRecord>,
  options: SpineOptions,
): AsyncGenerator<FileChunk> {
  const limits = options.limits ?? SEGMENT_LIMITS;
  const numbered = new NumberedLines(options);
  let segment = new OpenSegment(0, options);
  for await (const body of bodiesOf(records)) {
    yield segment.add(numbered.next(body));
    if (!segment.isFull(limits)) continue;
    yield segment.close();
    segment = new OpenSegment(segment.index + 1, options);
  }
  if (segment.records > 0) yield segment.close();
}

async function* bodiesOf(records: AsyncIterable<TraceRecord> | Iterable<TraceRecord>): AsyncGenerator<SpineBody> {
  const bodies = new SpineBodies();
  for await (const record of records) {
    const body = bodies.of(record);
    if (body !== null) yield body;
  }
  yield* bodies.rest();
}

interface NumberedLine {
  readonly seq: number;
  readonly bytes: Uint8Array;
}

const encoder: { encode(text: string): Uint8Array } = new TextEncoder();

/** Gives lines their number and, where a record has no time of its own, the time of the line before. */
class NumberedLines {
  readonly #threadId: string;
  #at: Instant;
  #seq = 0;

  constructor(options: SpineOptions) {
    this.#threadId = options.threadId;
    this.#at = options.at;
  }

  next(body: SpineBody): NumberedLine {
    this.#seq += 1;
    this.#at = body.at ?? this.#at;
    const envelope = { schema_version: SPINE_VERSION, thread_id: this.#threadId, seq: this.#seq, timestamp: this.#at };
    const line = JSON.stringify({ ...envelope, type: body.type, payload: body.payload });
    return { seq: this.#seq, bytes: encoder.encode(`${line}\n`) };
  }
}

/** The segment being filled: its running hash and counts. */
class OpenSegment {
  readonly index: number;
  readonly #options: SpineOptions;
  readonly #hash: RunningHash = runningSha256();
  #minSeq = 0;
  #maxSeq = 0;
  #bytes = 0;
  records = 0;

  constructor(index: number, options: SpineOptions) {
    this.index = index;
    this.#options = options;
  }

  isFull(limits: { readonly bytes: number; readonly records: number }): boolean {
    return this.#bytes >= limits.bytes || this.records >= limits.records;
  }

  add(line: NumberedLine): FileChunk {
    if (this.records === 0) this.#minSeq = line.seq;
    this.#maxSeq = line.seq;
    this.#bytes += line.bytes.length;
    this.records += 1;
    this.#hash.update(line.bytes);
    return { path: `${segmentStem(this.index)}.jsonl`, bytes: line.bytes };
  }

  close(): FileChunk {
    const meta: SegmentMeta = {
      schema_version: SPINE_VERSION,
      thread_id: this.#options.threadId,
      segment_index: this.index,
      min_seq: this.#minSeq,
      max_seq: this.#maxSeq,
      record_count: this.records,
      bytes: this.#bytes,
      sha256: this.#hash.hex(),
      created_at: this.#options.at,
      closed_at: this.#options.at,
    };
    const path = `${segmentStem(this.index)}.meta.json`;
    return { path, bytes: encoder.encode(`${JSON.stringify(meta, null, 2)}\n`) };
  }
}
