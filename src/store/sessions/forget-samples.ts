import { appendEvent } from "../events/append-event.ts";
import { countRows } from "../facts/count-rows.ts";
import { putStoreFact } from "../facts/put-store-fact.ts";
import { storeFact } from "../facts/store-fact.ts";
import type { Tx } from "../store.ts";
import { forgetSessions } from "./forget-sessions.ts";

/**
 * Takes the recordings we ship out of a store again, with everything learned from them, and says how many sessions went.
 * Called when a person's own recordings come in: figures over both would be nobody's. Does nothing in a store without them.
 */
export async function forgetSamples(tx: Tx): Promise<number> {
  if ((await storeFact(tx, "sample")) !== "1") return 0;
  const rows = await tx.db.selectFrom("sessions").select("id").where("sample", "=", 1).execute();
  const ids = rows.map(({ id }) => id);
  await forgetCursors(tx, ids);
  await forgetSessions(tx, ids);
  if ((await countRows(tx, "sessions")) === 0) await forgetFiles(tx);
  await putStoreFact(tx, "sample", "0");
  await appendEvent(tx, { type: "store.pruned", key: "store", payload: { samples: true, sessions: ids.length } });
  return ids.length;
}

/** Goes before the sessions, through whose segments the files are found. */
async function forgetCursors(tx: Tx, ids: readonly string[]): Promise<void> {
  const paths = tx.db.selectFrom("segments").select("path").where("session_id", "in", ids);
  await tx.db.deleteFrom("ingest_cursors").where("path", "in", paths).execute();
}

/** Files that left no session of their own: a stream merged into its thread, one that nothing could be read from. */
async function forgetFiles(tx: Tx): Promise<void> {
  await tx.db.deleteFrom("unreadable_lines").execute();
  await tx.db.deleteFrom("ingest_cursors").execute();
}
