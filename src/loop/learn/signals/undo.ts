import { marksOf } from "./marks-of.ts";
import { findingAt, type SignalRule } from "./rule.ts";
import { say } from "./say.ts";

export const undo: SignalRule = {
  category: "undo",
  version: 1,
  severity: 0.3,
  detector: "mechanical",
  definition: "A person let Codex undo its changes to the files (versions that had the command).",
  source: "predecessor",
  find: (trace) => marksOf(trace, "undo").map((mark) => findingAt(mark, say`changes were undone`)),
};
