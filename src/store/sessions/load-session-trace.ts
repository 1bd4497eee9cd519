import type { SessionId } from "../../model/ids.ts";
import type { Instant } from "../../model/time.ts";
import type { SessionTrace } from "../../model/trace.ts";
import type { Reader } from "../store.ts";
import { loadSessionTraces } from "./load-session-traces.ts";

/** One session with all its rows, each list in thread order; `null` when there is no such session. */
export async function loadSessionTrace(
  reader: Reader,
  id: SessionId,
  options: { readonly now: Instant },
): Promise<SessionTrace | null> {
  return (await loadSessionTraces(reader, [id], options))[0] ?? null;
}
