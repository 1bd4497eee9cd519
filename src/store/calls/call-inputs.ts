import type { CallId, SessionId } from "../../model/ids.ts";
import type { Redacted } from "../../model/redacted.ts";
import type { Reader } from "../store.ts";

export interface CallKey {
  readonly sessionId: SessionId;
  readonly callId: CallId;
}

/** What some calls were asked to do; a call that is not there is left out. The key is `session call`. */
export async function callInputs(reader: Reader, calls: readonly CallKey[]): Promise<ReadonlyMap<string, Redacted>> {
  const rows = await reader.db
    .selectFrom("tool_calls")
    .select(["session_id", "call_id", "input"])
    .where("session_id", "in", [...new Set(calls.map((call) => call.sessionId))])
    .where("call_id", "in", [...new Set(calls.map((call) => call.callId))])
    .execute();
  // Only redacted text is ever put into the column.
  return new Map(rows.map((row) => [`${row.session_id} ${row.call_id}`, row.input as Redacted]));
}
