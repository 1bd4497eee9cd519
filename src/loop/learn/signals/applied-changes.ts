import type { Redacted } from "../../../model/redacted.ts";
import type { FileChange, SessionTrace, ToolCall } from "../../../model/trace.ts";

/** A change of one file that really happened, with the call that made it. */
export interface AppliedChange extends FileChange {
  readonly call: ToolCall;
}

/** Changes of calls that went well, by path, each list in thread order. */
export function appliedChanges(trace: SessionTrace): ReadonlyMap<Redacted, readonly AppliedChange[]> {
  const applied = trace.calls
    .filter((call) => call.outcome === "ok")
    .flatMap((call) => call.changes.map((change): AppliedChange => ({ ...change, call })));
  return Map.groupBy(applied, (change) => change.path);
}
