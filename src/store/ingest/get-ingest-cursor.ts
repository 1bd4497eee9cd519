import type { Reader } from "../store.ts";
import { CURSOR_FACTS, type CursorFacts } from "./list-ingest-cursors.ts";

export interface IngestCursor extends CursorFacts {
  /** The fold's checkpoint, in its own encoding. */
  readonly state: string;
}

/** How far one file has been read, with the state to go on from; `null` for a file never read. */
export async function getIngestCursor(reader: Reader, path: string): Promise<IngestCursor | null> {
  const row = await reader.db
    .selectFrom("ingest_cursors")
    .select([...CURSOR_FACTS, "state"])
    .where("path", "=", path)
    .$castTo<IngestCursor>()
    .executeTakeFirst();
  return row ?? null;
}
