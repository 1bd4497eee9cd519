import { appendEvent } from "../events/append-event.ts";
import { countRows } from "../facts/count-rows.ts";
import { putStoreFact } from "../facts/put-store-fact.ts";
import { storeFact } from "../facts/store-fact.ts";
import type { Tx } from "../store.ts";

/** Tables whose rows belong to one session; segments go after what is found through them. */
const OF_SESSION = [
  "turns",
  "tool_calls",
  "messages",
  "token_usage",
  "marks",
  "signals",
  "friction_costs",
  "dirty_sessions",
  "segments",
] as const;

/**
 * Takes the recordings we ship out of a store again, with everything learned from them, and says how many sessions went.
 * Called when a person's own recordings come in: figures over both would be nobody's. Does nothing in a store without them.
 */
export async function forgetSamples(tx: Tx): Promise<number> {
  if ((await storeFact(tx, "sample")) !== "1") return 0;
  const rows = await tx.db.selectFrom("sessions").select("id").where("sample", "=", 1).execute();
  const ids = rows.map(({ id }) => id);
  if (ids.length > 0) await forgetSessions(tx, ids);
  if ((await countRows(tx, "sessions")) === 0) await forgetFiles(tx);
  await putStoreFact(tx, "sample", "0");
  await appendEvent(tx, { type: "store.pruned", key: "store", payload: { samples: true, sessions: ids.length } });
  return ids.length;
}

async function forgetSessions(tx: Tx, ids: readonly string[]): Promise<void> {
  const paths = tx.db.selectFrom("segments").select("path").where("session_id", "in", ids);
  for (const table of ["unreadable_lines", "ingest_cursors"] as const) {
    await tx.db.deleteFrom(table).where("path", "in", paths).execute();
  }
  for (const table of OF_SESSION) await tx.db.deleteFrom(table).where("session_id", "in", ids).execute();
  await tx.db.deleteFrom("sessions").where("id", "in", ids).execute();
}

/** Files that left no session of their own: a stream merged into its thread, one that nothing could be read from. */
async function forgetFiles(tx: Tx): Promise<void> {
  await tx.db.deleteFrom("unreadable_lines").execute();
  await tx.db.deleteFrom("ingest_cursors").execute();
}
