import type { Schema } from "../schema.ts";
import type { Tx } from "../store.ts";

type Named<Column extends string> = {
  [Name in keyof Schema]: Column extends keyof Schema[Name] ? Name : never;
}[keyof Schema];

/** Tables whose rows stand at a place of one segment; the type checker refuses to leave one out. */
const PLACED: {
  readonly [Name in Exclude<Named<"session_id"> & Named<"offset"> & Named<"segment">, Judged | "ingest_cursors">]: true;
} = {
  turns: true,
  tool_calls: true,
  messages: true,
  token_usage: true,
  marks: true,
};

/** What was judged of a session as a whole. */
type Judged = "signals" | "friction_costs" | "dirty_sessions";

/** Every table whose rows belong to one session, `sessions` itself apart; cursors belong to files, attempts to tasks. */
const OF_SESSION: { readonly [Name in Exclude<Named<"session_id">, "ingest_cursors" | "attempts">]: true } = {
  ...PLACED,
  signals: true,
  friction_costs: true,
  dirty_sessions: true,
  segments: true,
};

export const PLACED_TABLES: readonly (keyof typeof PLACED)[] = Object.keys(PLACED) as (keyof typeof PLACED)[];
const SESSION_TABLES = Object.keys(OF_SESSION) as (keyof typeof OF_SESSION)[];

/**
 * Deletes sessions with every row that belongs to them, and the unreadable lines of files that no session is left of.
 * Returns how many rows went, the sessions' own among them.
 */
export async function forgetSessions(tx: Tx, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0;
  let rows = await forgetUnreadable(tx, ids);
  for (const table of SESSION_TABLES) {
    const deleted = await tx.db.deleteFrom(table).where("session_id", "in", ids).executeTakeFirstOrThrow();
    rows += Number(deleted.numDeletedRows);
  }
  const sessions = await tx.db.deleteFrom("sessions").where("id", "in", ids).executeTakeFirstOrThrow();
  return rows + Number(sessions.numDeletedRows);
}

async function forgetUnreadable(tx: Tx, ids: readonly string[]): Promise<number> {
  const deleted = await tx.db
    .deleteFrom("unreadable_lines")
    .where((eb) =>
      eb.and([
        eb("path", "in", eb.selectFrom("segments").select("path").where("session_id", "in", ids)),
        eb("path", "not in", eb.selectFrom("segments").select("path").where("session_id", "not in", ids)),
      ]),
    )
    .executeTakeFirstOrThrow();
  return Number(deleted.numDeletedRows);
}
