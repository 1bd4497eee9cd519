import { idOf, type SegmentName, type SessionId } from "../../model/ids.ts";
import type { Redacted } from "../../model/redacted.ts";
import { forgetSessions, PLACED_TABLES } from "../sessions/forget-sessions.ts";
import { markSessionsDirty } from "../sessions/mark-sessions-dirty.ts";
import type { Tx } from "../store.ts";

export interface ForgottenFile {
  readonly path: string;
  /** Its segment where it is known; else whatever was read from `path`. */
  readonly segment: SegmentName | null;
  /** The path as unreadable lines name it. */
  readonly reportedAs: Redacted;
}

/**
 * Deletes every row that came from a file, and its cursor, so that it can be read from the start. Sessions that lose
 * their last segment go whole; the others are dirty.
 */
export async function forgetSegment(tx: Tx, file: ForgottenFile): Promise<void> {
  const segments = await segmentsOf(tx, file);
  for (const { session, name } of segments) await forgetRows(tx, session, name);
  await tx.db.deleteFrom("unreadable_lines").where("path", "=", file.reportedAs).execute();
  await tx.db.deleteFrom("ingest_cursors").where("path", "=", file.path).execute();
  const sessions = [...new Set(segments.map(({ session }) => session))];
  await markSessionsDirty(tx, sessions);
  for (const session of sessions) await forgetEmptySession(tx, session);
}

async function segmentsOf(
  tx: Tx,
  file: ForgottenFile,
): Promise<readonly { readonly session: SessionId; readonly name: SegmentName }[]> {
  const rows = await tx.db
    .selectFrom("segments")
    .select(["session_id", "name"])
    .where((eb) => (file.segment === null ? eb("path", "=", file.path) : eb("name", "=", file.segment)))
    .execute();
  return rows.map((row) => ({ session: idOf.session(row.session_id), name: idOf.segment(row.name) }));
}

async function forgetRows(tx: Tx, session: SessionId, segment: SegmentName): Promise<void> {
  for (const table of PLACED_TABLES) {
    await tx.db.deleteFrom(table).where("session_id", "=", session).where("segment", "=", segment).execute();
  }
  await tx.db.deleteFrom("segments").where("session_id", "=", session).where("name", "=", segment).execute();
}

async function forgetEmptySession(tx: Tx, session: SessionId): Promise<void> {
  const left = await tx.db.selectFrom("segments").select("name").where("session_id", "=", session).executeTakeFirst();
  if (left !== undefined) return;
  await forgetSessions(tx, [session]);
}
