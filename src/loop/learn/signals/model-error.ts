import { failedTurns } from "./failed-turns.ts";
import { findingAt, type SignalRule } from "./rule.ts";
import { named, say } from "./say.ts";

export const modelError: SignalRule = {
  category: "model_error",
  version: 1,
  severity: 0.8,
  detector: "mechanical",
  definition: "A turn failed because the model or the way to it failed, and not because a budget was used up.",
  source: "interface",
  find: (trace) =>
    failedTurns(trace, "model").map((turn) =>
      findingAt(
        turn,
        turn.error === null ? say`the turn failed without saying why` : say`the turn failed: ${named(turn.error)}`,
      ),
    ),
};
