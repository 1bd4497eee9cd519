import type { SessionId } from "../../model/ids.ts";
import type { Tx } from "../store.ts";

const REPEATED = ["turns", "tool_calls", "messages", "token_usage"] as const;

/** How many turns and calls a thread had twice. */
export interface MergedRows {
  turns: number;
  calls: number;
}

/**
 * An exec stream tells the same story as its thread's rollout, with less in it. Where both were read, the stream's turns,
 * calls, messages and tokens go, whichever came first; its marks stay: errors of the stream stand nowhere else.
 */
export async function mergeExecSegments(tx: Tx, sessions: readonly SessionId[]): Promise<MergedRows> {
  const merged = { turns: 0, calls: 0 };
  for (const session of await withBoth(tx, sessions)) {
    const streams = await segmentsOf(tx, session);
    for (const table of REPEATED) {
      const query = tx.db.deleteFrom(table).where("session_id", "=", session).where("segment", "in", streams);
      const { numDeletedRows } = await query.executeTakeFirstOrThrow();
      if (table === "turns") merged.turns += Number(numDeletedRows);
      if (table === "tool_calls") merged.calls += Number(numDeletedRows);
    }
  }
  return merged;
}

const CHUNK = 500;

async function withBoth(tx: Tx, sessions: readonly SessionId[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (let start = 0; start < sessions.length; start += CHUNK) {
    const rows = await tx.db
      .selectFrom("segments as stream")
      .innerJoin("segments as rollout", "rollout.session_id", "stream.session_id")
      .select("stream.session_id")
      .distinct()
      .where("stream.session_id", "in", sessions.slice(start, start + CHUNK))
      .where("stream.source", "=", "exec")
      .where("rollout.source", "=", "rollout")
      .execute();
    found.push(...rows.map((row) => row.session_id));
  }
  return found;
}

async function segmentsOf(tx: Tx, session: string): Promise<string[]> {
  const rows = await tx.db
    .selectFrom("segments")
    .select("name")
    .where("session_id", "=", session)
    .where("source", "=", "exec")
    .execute();
  return rows.map((row) => row.name);
}
