import { randomHex } from "../../kit/random.ts";
import type { SessionId } from "../../model/ids.ts";
import { putRows } from "../put-rows.ts";
import type { Tx } from "../store.ts";

/** Remembers that rows of these sessions changed, so that their signals are computed anew. */
export async function markSessionsDirty(tx: Tx, sessions: Iterable<SessionId>): Promise<void> {
  const rows = [...new Set(sessions)].map((session) => ({ session_id: session, mark: randomHex(8) }));
  await putRows(tx, "dirty_sessions", { rows, key: ["session_id"], then: "update" });
}
