import { marksOf } from "./marks-of.ts";
import { findingAt, type SignalRule } from "./rule.ts";
import { say } from "./say.ts";

export const rollback: SignalRule = {
  category: "rollback",
  version: 1,
  severity: 0.4,
  detector: "mechanical",
  definition: "A person took back one or more turns of the thread's history.",
  source: "predecessor",
  find: (trace) =>
    marksOf(trace, "rollback").map((mark) =>
      findingAt(
        mark,
        mark.count === null ? say`history was rolled back` : say`history was rolled back, turns: ${mark.count}`,
      ),
    ),
};
