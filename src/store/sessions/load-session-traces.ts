import type { SessionId } from "../../model/ids.ts";
import type { Instant } from "../../model/time.ts";
import type { SessionTrace } from "../../model/trace.ts";
import type { Reader } from "../store.ts";
import { loadSessionTrace } from "./load-session-trace.ts";

/** The traces of the sessions that exist, in the order asked for. Every row of all of them is held at once. */
export async function loadSessionTraces(
  reader: Reader,
  ids: readonly SessionId[],
  options: { readonly now: Instant },
): Promise<readonly SessionTrace[]> {
  const traces: SessionTrace[] = [];
  for (const id of ids) {
    const trace = await loadSessionTrace(reader, id, options);
    if (trace !== null) traces.push(trace);
  }
  return traces;
}
