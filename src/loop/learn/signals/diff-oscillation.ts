import { appliedChanges, type AppliedChange } from "./applied-changes.ts";
import { findingAt, type SignalRule } from "./rule.ts";
import { named, say } from "./say.ts";

export const diffOscillation: SignalRule = {
  category: "diff_oscillation",
  version: 1,
  severity: 0.5,
  detector: "mechanical",
  definition: "The same lines were put into a file, taken out and put in again.",
  source: "own",
  find: (trace) =>
    [...appliedChanges(trace)].flatMap(([path, changes]) => {
      const again = firstReturn(changes);
      return again === undefined
        ? []
        : [findingAt(again.call, say`the same change of ${named(path)} came, went and came again`)];
    }),
};

/**
 * Per block of lines: unknown → put in → taken out → put in again. Only the last step is an oscillation. One change
 * takes its old lines out before it puts its new ones in.
 */
function firstReturn(changes: readonly AppliedChange[]): AppliedChange | undefined {
  const present = new Set<string>();
  const gone = new Set<string>();
  return changes.find((change) => {
    if (change.removed !== null && present.delete(change.removed)) gone.add(change.removed);
    if (change.added === null) return false;
    present.add(change.added);
    return gone.has(change.added);
  });
}
