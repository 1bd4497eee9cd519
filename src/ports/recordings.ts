/** Where recordings lie and how their lines are read. The real side is a directory tree on disk. */
import type { RawLine } from "../formats/record.ts";
import type { Failure } from "../model/failure.ts";
import type { SegmentName } from "../model/ids.ts";

/** A file that may hold a recording, as the file system describes it. */
export interface RecordingFile {
  readonly path: string;
  /** File name without folder and `.zst`. */
  readonly name: SegmentName;
  /** Bytes on disk. */
  readonly size: number;
  /** Modification time in milliseconds since the epoch. */
  readonly mtimeMs: number;
  readonly inode: string;
}

/** Something below a root that could not be listed or read; the rest goes on. */
export interface RecordingProblem {
  readonly path: string;
  /** `not_a_file`: a pipe, a socket or a device, which have no bytes to come back to. */
  readonly reason: "no_permission" | "not_there" | "not_a_file" | "unreadable";
}

export interface Listing {
  readonly files: readonly RecordingFile[];
  readonly problems: readonly RecordingProblem[];
}

/** Which files a listing looks for: everything below folders, plus single files whatever their name. */
export interface ListRequest {
  readonly paths: readonly string[];
  /** Ending of file names taken from folders, e.g. `.jsonl`. */
  readonly endings: readonly string[];
}

/** A line with its place. `line` counts from 1 over the whole file. */
export interface PlacedLine extends RawLine {
  /** Byte offset in the decompressed file. */
  readonly offset: number;
  readonly line: number;
}

/** The lines of one read from disk; views into a buffer that is used again after the next batch is asked for. */
export interface LineBatch {
  readonly lines: readonly PlacedLine[];
  /** Where reading goes on: the first byte after the last whole line. */
  readonly nextOffset: number;
  readonly nextLine: number;
}

export interface ReadFrom {
  /** Byte offset in the decompressed file, at the start of a line. */
  readonly offset: number;
  /** Lines that stand before it. */
  readonly lines: number;
}

/** Judges the line that stands from `start` to before `end`; called once for every line, so it makes nothing. */
export type WantsLine = (bytes: Uint8Array, start: number, end: number) => boolean;

export interface Recordings {
  /** Lists without opening files; of a recording that lies there twice, the active and plain copy. Sorted by name. A path that is not there is a `path_missing` failure when it was named by a person. */
  list(
    request: ListRequest,
  ): Promise<{ readonly ok: true; readonly value: Listing } | { readonly ok: false; readonly failure: Failure }>;
  /**
   * Yields whole lines in batches from a place on. A cut last line is held back unless it is whole JSON. Bounded memory:
   * lines over 256 KiB arrive cut. Throws `RecordingGone` when the file vanished or may not be read.
   */
  read(file: RecordingFile, from: ReadFrom): AsyncIterable<LineBatch>;
  /**
   * Yields only the lines that are wanted, in order and without their places, passing over lines above 256 KiB: where few
   * lines are wanted this is several times faster than `read`.
   */
  pick(file: RecordingFile, wants: WantsLine): AsyncIterable<readonly RawLine[]>;
  /**
   * SHA-256 over the start and the end of the first `bytes` decompressed bytes. Tells a grown file from one that is
   * shorter or was rewritten, also where both begin alike, as all files of one thread do.
   */
  prefixHash(file: RecordingFile, bytes: number): Promise<string>;
}

/** The file could not be opened or read to its end; `problem` says which and why. */
export class RecordingGone extends Error {
  readonly problem: RecordingProblem;
  constructor(problem: RecordingProblem) {
    super(`${problem.reason}: ${problem.path}`);
    this.name = "RecordingGone";
    this.problem = problem;
  }
}
