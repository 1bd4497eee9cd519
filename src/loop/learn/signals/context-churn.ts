import type { Mark, SessionTrace, ToolCall } from "../../../model/trace.ts";
import { isCommand } from "./call-kind.ts";
import { marksOf } from "./marks-of.ts";
import { findingAt, type Finding, type SignalRule } from "./rule.ts";
import { say } from "./say.ts";
import { THRESHOLDS } from "./thresholds.ts";

export const contextChurn: SignalRule = {
  category: "context_churn",
  version: 1,
  severity: 0.5,
  detector: "mechanical",
  definition: "After a compaction the agent read again, word for word, three or more things it had read before it.",
  source: "own",
  find: (trace) => {
    const reads = trace.calls.filter(isRead);
    const compactions = marksOf(trace, "compaction");
    return compactions.flatMap((mark, index) => rereads(trace, reads, { mark, next: compactions[index + 1] }));
  },
};

/** Programs that only look. */
const READERS: ReadonlySet<string> = new Set([
  "cat",
  "head",
  "tail",
  "sed",
  "nl",
  "less",
  "bat",
  "rg",
  "grep",
  "find",
  "ls",
  "tree",
  "wc",
  "jq",
  "git show",
  "git log",
  "git blame",
]);

function isRead(call: ToolCall): boolean {
  return (
    call.outcome === "ok" &&
    isCommand(call) &&
    (READERS.has(call.family) || READERS.has(call.family.split(" ")[0] ?? ""))
  );
}

interface Window {
  readonly mark: Mark;
  readonly next: Mark | undefined;
}

/** Counts distinct inputs from this compaction to the next that stand before it too. */
function rereads(trace: SessionTrace, reads: readonly ToolCall[], { mark, next }: Window): Finding[] {
  const from = trace.seqOf(mark);
  const to = next === undefined ? Number.POSITIVE_INFINITY : trace.seqOf(next);
  const before = new Set(reads.filter((call) => trace.seqOf(call) < from).map((call) => call.input));
  const after = new Set(
    reads.filter((call) => trace.seqOf(call) > from && trace.seqOf(call) < to).map((call) => call.input),
  );
  const repeated = before.intersection(after).size;
  if (repeated < THRESHOLDS.contextChurnRepeats.value) return [];
  return [findingAt(mark, say`after a compaction the agent read ${repeated} things again`)];
}
