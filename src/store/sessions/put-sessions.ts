import type { SessionId } from "../../model/ids.ts";
import type { Session } from "../../model/trace.ts";
import { REDACTION_VERSION } from "../../policy/redact/redaction-version.ts";
import { putRows } from "../put-rows.ts";
import type { Tx } from "../store.ts";
import { mergeSessions } from "./merge-sessions.ts";
import { sessionOf, sessionRow } from "./session-row.ts";

/** Writes sessions, each merged with what other files of its thread have said. */
export async function putSessions(tx: Tx, sessions: readonly Session[]): Promise<void> {
  const merged = new Map<SessionId, Session>();
  for (const session of await knownOf(tx, sessions)) merged.set(session.id, session);
  for (const session of sessions) {
    const known = merged.get(session.id);
    merged.set(session.id, known === undefined ? session : mergeSessions(known, session));
  }
  const rows = [...merged.values()].map((session) => sessionRow(session, REDACTION_VERSION));
  await putRows(tx, "sessions", { rows, key: ["id"], then: "update" });
}

async function knownOf(tx: Tx, sessions: readonly Session[]): Promise<readonly Session[]> {
  const ids = sessions.map(({ id }) => id);
  const rows = await tx.db.selectFrom("sessions").selectAll().where("id", "in", ids).execute();
  return rows.map(sessionOf);
}
