import { putRows } from "../put-rows.ts";
import type { Tx } from "../store.ts";
import type { IngestCursor } from "./get-ingest-cursor.ts";

/** Remembers how far files have been read. Belongs into the transaction that writes the rows up to there. */
export async function putIngestCursors(tx: Tx, cursors: readonly IngestCursor[]): Promise<void> {
  const rows = cursors.map((cursor) => ({
    path: cursor.path,
    size: cursor.size,
    mtime_ms: cursor.mtimeMs,
    inode: cursor.inode,
    offset: cursor.offset,
    lines: cursor.lines,
    prefix_hash: cursor.prefixHash,
    parser_version: cursor.parserVersion,
    session_id: cursor.sessionId,
    segment: cursor.segment,
    state: cursor.state,
  }));
  await putRows(tx, "ingest_cursors", { rows, key: ["path"], then: "update" });
}
