import { findingAt, type SignalRule } from "./rule.ts";
import { saidIn } from "./said.ts";
import { say } from "./say.ts";

export const revertInMessage: SignalRule = {
  category: "revert_in_message",
  version: 1,
  severity: 0.5,
  detector: "heuristic",
  definition:
    "After the opening instruction a person asked to undo, revert, cancel or remove what was done, or to go back.",
  source: "predecessor",
  find: (trace) =>
    saidIn(trace)
      .filter(({ opening, words }) => !opening && ASKS_BACK.test(words))
      .map(({ message }) => findingAt(message, say`the person asked to take something back`)),
};

/** The word with its object or alone: `undo that`, `please revert.`; not `add an undo button` or `a cancel handler`. */
const ASKS_BACK =
  /\b(?:undo|revert|cancel|roll ?back)(?: (?:that|this|it|those|these|them|everything|all|your|my|the (?:last|latest|previous|change|changes|commit|edit|edits|patch))\b|\s*(?:[.!,;]|$))|\bgo back\b|\b(?:delete|remove) that\b/i;
