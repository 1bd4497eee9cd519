import { findingAt, type SignalRule } from "./rule.ts";
import { say } from "./say.ts";

export const crashed: SignalRule = {
  category: "crashed",
  version: 1,
  severity: 0.8,
  detector: "mechanical",
  definition:
    "A turn has no recorded end and the thread's last line is more than 30 minutes old by its own time, or another turn follows.",
  source: "interface",
  find: (trace) => {
    const last = trace.turns.at(-1);
    return trace.turns
      .filter(
        (turn) =>
          turn.outcome === "unfinished" ||
          (turn.outcome === "running" && (turn !== last || trace.outcome === "unfinished")),
      )
      .map((turn) => findingAt(turn, say`the recording stops in the middle of a turn`));
  },
};
