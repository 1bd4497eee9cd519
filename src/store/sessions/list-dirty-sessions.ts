import { idOf, type SessionId } from "../../model/ids.ts";
import type { Reader } from "../store.ts";

/** A session whose rows changed since its signals were computed; `mark` stands for the last change. */
export interface DirtySession {
  readonly id: SessionId;
  readonly mark: string;
}

/** Dirty sessions in the order of their ids, at most `limit`. Read the traces in the same `read`. */
export async function listDirtySessions(
  reader: Reader,
  options: { readonly limit?: number } = {},
): Promise<readonly DirtySession[]> {
  let query = reader.db.selectFrom("dirty_sessions").select(["session_id", "mark"]).orderBy("session_id");
  if (options.limit !== undefined) query = query.limit(options.limit);
  return (await query.execute()).map((row) => ({ id: idOf.session(row.session_id), mark: row.mark }));
}
