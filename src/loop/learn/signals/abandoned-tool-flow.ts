import type { Redacted } from "../../../model/redacted.ts";
import type { SessionTrace, ToolCall } from "../../../model/trace.ts";
import { findingAt, type Finding, type SignalRule } from "./rule.ts";
import { named, say } from "./say.ts";
import { THRESHOLDS } from "./thresholds.ts";

export const abandonedToolFlow: SignalRule = {
  category: "abandoned_tool_flow",
  version: 1,
  severity: 0.7,
  detector: "heuristic",
  definition:
    "The agent failed three times or more in a row with one command family, never got it to work and finished without it.",
  source: "predecessor",
  find: (trace) => {
    const last = trace.turns.at(-1);
    if (last?.outcome !== "completed") return [];
    return [...Map.groupBy(trace.calls, (call) => call.family)].flatMap(([family, calls]) =>
      abandoned(trace, family, calls),
    );
  },
};

const FAILED: ReadonlySet<string> = new Set(["failed", "tool_error", "sandbox_denied"]);

/** The finding stands at the last failure, and only when the agent went on to something else. */
function abandoned(trace: SessionTrace, family: Redacted, calls: readonly ToolCall[]): Finding[] {
  const last = calls.at(-1);
  if (last === undefined || last === trace.calls.at(-1)) return [];
  const lastGood = calls.findLastIndex((call) => !FAILED.has(call.outcome));
  const failures = calls.length - 1 - lastGood;
  if (failures < THRESHOLDS.abandonedAttempts.value) return [];
  return [findingAt(last, say`${named(family)} failed ${failures} times and was given up`)];
}
