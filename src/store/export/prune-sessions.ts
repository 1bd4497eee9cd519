import type { Instant } from "../../model/time.ts";
import { appendEvent } from "../events/append-event.ts";
import type { Tx } from "../store.ts";

/** Tables whose rows belong to one session, by the column that names it. */
const OF_SESSION = [
  "turns",
  "tool_calls",
  "messages",
  "token_usage",
  "marks",
  "segments",
  "signals",
  "friction_costs",
  "dirty_sessions",
] as const;

export interface Pruned {
  readonly sessions: number;
  /** Rows of all tables, sessions included. */
  readonly rows: number;
}

/**
 * Deletes up to `limit` sessions whose last line is older than `before`, with everything that was read from them. Events
 * stay, being sealed; ingest cursors stay, so that the files are not read in again.
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
  let rows = 0;
  for (const table of OF_SESSION) {
    const deleted = await tx.db.deleteFrom(table).where("session_id", "in", ids).executeTakeFirstOrThrow();
    rows += Number(deleted.numDeletedRows);
  }
  const sessions = await tx.db.deleteFrom("sessions").where("id", "in", ids).executeTakeFirstOrThrow();
  const pruned = { sessions: ids.length, rows: rows + Number(sessions.numDeletedRows) };
  await appendEvent(tx, { type: "store.pruned", key: "store", payload: { before, ...pruned } });
  return pruned;
}
