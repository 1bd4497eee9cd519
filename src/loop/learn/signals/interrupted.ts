import { findingAt, type SignalRule } from "./rule.ts";
import { say } from "./say.ts";

export const interrupted: SignalRule = {
  category: "interrupted",
  version: 1,
  severity: 0.5,
  detector: "mechanical",
  definition: "A person stopped a turn before it was done.",
  source: "interface",
  find: (trace) =>
    trace.turns
      .filter((turn) => turn.outcome === "interrupted")
      .map((turn) => findingAt(turn, say`the turn was interrupted`)),
};
