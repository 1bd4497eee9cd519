import type { Redacted } from "../../model/redacted.ts";
import type { Tx } from "../store.ts";

export interface MovedFile {
  /** Where it stood when it was read. */
  readonly from: string;
  /** Both places as unreadable lines name them. */
  readonly reportedFrom: Redacted;
  readonly reportedTo: Redacted;
}

/** Forgets how far a file was read at its old place and keeps its rows: they stand under another path. */
export async function moveIngestedFile(tx: Tx, { from, reportedFrom, reportedTo }: MovedFile): Promise<void> {
  await tx.db.deleteFrom("ingest_cursors").where("path", "=", from).execute();
  await tx.db.updateTable("unreadable_lines").set({ path: reportedTo }).where("path", "=", reportedFrom).execute();
}
