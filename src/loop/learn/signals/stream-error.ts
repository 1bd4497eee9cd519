import type { Mark, SessionTrace } from "../../../model/trace.ts";
import { marksOf } from "./marks-of.ts";
import { findingAt, threadFinding, type Finding, type SignalRule } from "./rule.ts";
import { say } from "./say.ts";

export const streamError: SignalRule = {
  category: "stream_error",
  version: 1,
  severity: 0.9,
  detector: "mechanical",
  definition: "The connection to the model broke off; retries seen only in an exec stream count once for the thread.",
  source: "predecessor",
  find: (trace) => {
    const errors = Map.groupBy(marksOf(trace, "stream_error"), (mark) => fromExecStream(trace, mark));
    return [
      ...(errors.get(false) ?? []).map((mark) => findingAt(mark, say`the model stream broke off`)),
      ...once(errors.get(true)),
    ];
  },
};

/** Lines of an exec stream have no place of their own in the thread, so their retries become one thread-wide finding. */
function once(errors: readonly Mark[] = []): Finding[] {
  const [first] = errors;
  return first === undefined ? [] : [threadFinding(first, say`the model stream broke off, retries: ${errors.length}`)];
}

function fromExecStream(trace: SessionTrace, mark: Mark): boolean {
  return trace.segments.some((segment) => segment.name === mark.segment && segment.source === "exec");
}
