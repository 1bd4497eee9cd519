import type { SessionTrace, Turn } from "../../../model/trace.ts";
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
  find: (trace) =>
    trace.turns
      .filter((turn) => hasNoEnd(turn) && isOver(trace, turn))
      .map((turn) => findingAt(turn, say`the recording stops in the middle of a turn`)),
};

/** A turn without an end reads `unfinished` also while it runs: the turn alone cannot know. */
function hasNoEnd(turn: Turn): boolean {
  return turn.outcome === "unfinished" || turn.outcome === "running";
}

/** The last turn is over when the session is, which its last line's age decides. */
function isOver(trace: SessionTrace, turn: Turn): boolean {
  return turn !== trace.turns.at(-1) || trace.outcome === "unfinished";
}
