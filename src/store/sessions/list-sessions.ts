import type { Instant } from "../../model/time.ts";
import type { Reader } from "../store.ts";
import { type SessionSummary, summarizeSessions } from "./summarize-sessions.ts";

export interface ListSessionsOptions {
  readonly now: Instant;
  /** Only sessions with a line at or after this moment; those without any time are left out then. */
  readonly since?: Instant;
  readonly limit?: number;
}

/** Sessions with their counts, the newest first; those without a time stand at the end. */
export async function listSessions(reader: Reader, options: ListSessionsOptions): Promise<readonly SessionSummary[]> {
  let chosen = reader.db
    .selectFrom("sessions")
    .orderBy("started_at", (order) => order.desc().nullsLast())
    .orderBy("id", "desc");
  if (options.since !== undefined) chosen = chosen.where("last_at", ">=", options.since);
  if (options.limit !== undefined) chosen = chosen.limit(options.limit);
  return summarizeSessions(reader, chosen, options);
}
