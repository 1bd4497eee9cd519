import type { Tx } from "../store.ts";

/** Forgets how far a file was read and keeps its rows: it stands under another path now. */
export async function forgetIngestCursor(tx: Tx, path: string): Promise<void> {
  await tx.db.deleteFrom("ingest_cursors").where("path", "=", path).execute();
}
