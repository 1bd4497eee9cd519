import type { SessionId } from "../../model/ids.ts";
import type { Instant } from "../../model/time.ts";
import type { Reader } from "../store.ts";
import { type SessionSummary, summarizeSessions } from "./summarize-sessions.ts";

/** One session with its counts; `null` when there is none of that id. */
export async function getSession(
  reader: Reader,
  id: SessionId,
  options: { readonly now: Instant },
): Promise<SessionSummary | null> {
  const chosen = reader.db.selectFrom("sessions").where("id", "=", id);
  return (await summarizeSessions(reader, chosen, options))[0] ?? null;
}
