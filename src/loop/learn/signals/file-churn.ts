import { appliedChanges, type AppliedChange } from "./applied-changes.ts";
import { findingAt, type SignalRule } from "./rule.ts";
import { named, say } from "./say.ts";

export const fileChurn: SignalRule = {
  category: "file_churn",
  version: 1,
  severity: 0.5,
  detector: "mechanical",
  definition: "The same path was both added and deleted in one session.",
  source: "predecessor",
  find: (trace) =>
    [...appliedChanges(trace)].flatMap(([path, changes]) => {
      const closing = secondHalf(changes);
      return closing === undefined ? [] : [findingAt(closing.call, say`${named(path)} was added and deleted`)];
    }),
};

/** The first add that follows a delete, or the first delete that follows an add. */
function secondHalf(changes: readonly AppliedChange[]): AppliedChange | undefined {
  const halves = changes.filter((change) => change.kind === "add" || change.kind === "delete");
  return halves.find((change) => change.kind !== halves[0]?.kind);
}
