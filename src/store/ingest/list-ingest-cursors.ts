import type { Selectable } from "kysely";
import { idOf, type SegmentName, type SessionId } from "../../model/ids.ts";
import type { IngestCursorsTable } from "../schema.ts";
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

const FACTS = [
  "path",
  "size",
  "mtime_ms",
  "inode",
  "offset",
  "lines",
  "prefix_hash",
  "parser_version",
  "session_id",
  "segment",
] as const;

/** How far every known file has been read, in the order of the paths. */
export async function listIngestCursors(reader: Reader): Promise<readonly CursorFacts[]> {
  const rows = await reader.db.selectFrom("ingest_cursors").select(FACTS).orderBy("path").execute();
  return rows.map(cursorFactsOf);
}

export function cursorFactsOf(row: Omit<Selectable<IngestCursorsTable>, "state">): CursorFacts {
  return {
    path: row.path,
    size: row.size,
    mtimeMs: row.mtime_ms,
    inode: row.inode,
    offset: row.offset,
    lines: row.lines,
    prefixHash: row.prefix_hash,
    parserVersion: row.parser_version,
    sessionId: row.session_id === null ? null : idOf.session(row.session_id),
    segment: idOf.segment(row.segment),
  };
}
