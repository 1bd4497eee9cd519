import type { SegmentName, SessionId } from "../../model/ids.ts";
import type { Reader } from "../store.ts";

/** How far a file has been read, without the fold's state, which may be large. */
export interface CursorFacts {
  readonly path: string;
  /** Bytes on disk, modification time and inode when the file was last read. */
  readonly size: number;
  readonly mtimeMs: number;
  readonly inode: string;
  /** Decompressed bytes and lines read so far. */
  readonly offset: number;
  readonly lines: number;
  readonly prefixHash: string;
  readonly parserVersion: number;
  readonly sessionId: SessionId | null;
  readonly segment: SegmentName;
}

/** Columns under the names of the facts: of tens of thousands of rows none is made a second time. */
export const CURSOR_FACTS = [
  "path",
  "size",
  "mtime_ms as mtimeMs",
  "inode",
  "offset",
  "lines",
  "prefix_hash as prefixHash",
  "parser_version as parserVersion",
  "session_id as sessionId",
  "segment",
] as const;

/** How far every known file has been read, in the order of the paths. */
export async function listIngestCursors(reader: Reader): Promise<readonly CursorFacts[]> {
  return reader.db.selectFrom("ingest_cursors").select(CURSOR_FACTS).orderBy("path").$castTo<CursorFacts>().execute();
}
