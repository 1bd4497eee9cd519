import type { Instant } from "../../model/time.ts";
import { appendEvent } from "../events/append-event.ts";
import { forgetSessions } from "../sessions/forget-sessions.ts";
import type { Tx } from "../store.ts";

export interface Pruned {
  readonly sessions: number;
  /** Rows of all tables, sessions included. */
  readonly rows: number;
}

/**
 * Deletes up to `limit` sessions whose last line is older than `before`, with everything that was read from them. Events
 * stay, being sealed; how far files were read stays, so that they are not read in again.
 * Call it until it finds no session.
 */
export async function pruneSessions(
  tx: Tx,
  options: { readonly before: Instant; readonly limit: number },
): Promise<Pruned> {
  const { before, limit } = options;
  const old = await tx.db
    .selectFrom("sessions")
    .select("id")
    .where("last_at", "<", before)
    .orderBy("last_at")
    .orderBy("id")
    .limit(limit)
    .execute();
  const ids = old.map((session) => session.id);
  if (ids.length === 0) return { sessions: 0, rows: 0 };
  // The checkpoint of a fold holds text. Without one, a file that goes on is read from its start.
  await tx.db.updateTable("ingest_cursors").set({ state: "null" }).where("session_id", "in", ids).execute();
  const pruned = { sessions: ids.length, rows: await forgetSessions(tx, ids) };
  await appendEvent(tx, { type: "store.pruned", key: "store", payload: { before, ...pruned } });
  return pruned;
}
