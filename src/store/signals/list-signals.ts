import type { SessionId } from "../../model/ids.ts";
import type { Signal } from "../../model/signal.ts";
import type { Reader } from "../store.ts";
import { signalOf } from "./signal-row.ts";

export interface SignalFilter {
  readonly session?: SessionId;
  readonly category?: string;
  readonly limit?: number;
}

/** Signals in the order of their session and, within it, of the thread. */
export async function listSignals(reader: Reader, filter: SignalFilter = {}): Promise<readonly Signal[]> {
  let query = reader.db.selectFrom("signals").selectAll();
  if (filter.session !== undefined) query = query.where("session_id", "=", filter.session);
  if (filter.category !== undefined) query = query.where("category", "=", filter.category);
  query = query.orderBy("session_id").orderBy("seq").orderBy("id");
  if (filter.limit !== undefined) query = query.limit(filter.limit);
  return (await query.execute()).map(signalOf);
}
