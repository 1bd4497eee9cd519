import type { CallId, SessionId } from "../../model/ids.ts";
import type { Tx } from "../store.ts";

/**
 * Says of calls that a rule refused them and no person: a recording knows only that somebody did. Calls that the recording
 * says nothing of the kind about stay as they are.
 */
export async function rejectCalls(
  tx: Tx,
  { session, calls }: { readonly session: SessionId; readonly calls: readonly CallId[] },
): Promise<void> {
  if (calls.length === 0) return;
  await tx.db
    .updateTable("tool_calls")
    .set({ outcome: "rejected_by_policy" })
    .where("session_id", "=", session)
    .where("call_id", "in", calls)
    .where("outcome", "in", ["denied_by_user", "aborted"])
    .execute();
}
