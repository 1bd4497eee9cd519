import { failedTurns } from "./failed-turns.ts";
import { findingAt, type SignalRule } from "./rule.ts";
import { named, say } from "./say.ts";

export const budget: SignalRule = {
  category: "budget",
  version: 1,
  severity: 0.7,
  detector: "mechanical",
  definition: "A turn failed because a usage limit, a session budget or a rollout budget was used up.",
  source: "interface",
  find: (trace) =>
    failedTurns(trace, "budget").map((turn) =>
      findingAt(turn, say`the budget ended the turn: ${named(turn.error ?? "")}`),
    ),
};
