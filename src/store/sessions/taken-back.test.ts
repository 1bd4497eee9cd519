import { expect, test } from "vitest";
import { idOf } from "../../model/ids.ts";
import { type RollbackPlace, type SegmentPlace, type TurnPlace, turnsTakenBack } from "./taken-back.ts";

function segment(name: string, firstOrdinal: number, source: SegmentPlace["source"] = "rollout"): SegmentPlace {
  return { name: idOf.segment(name), firstOrdinal, source };
}

function turn(name: string, ordinal: number | null, kind: TurnPlace["kind"] = "task"): TurnPlace {
  return { segment: idOf.segment(name), offset: ordinal ?? 0, ordinal, kind };
}

function rollback(offset: number, count: number | null): RollbackPlace {
  return { segment: idOf.segment("a"), offset, count };
}

/** Ordinals of the turns taken back. */
function gone(
  segments: readonly SegmentPlace[],
  turns: readonly TurnPlace[],
  rollbacks: readonly RollbackPlace[] = [],
): unknown {
  const taken = turnsTakenBack(segments, turns, rollbacks);
  return turns.filter((one) => taken.has(one)).map(({ ordinal }) => ordinal);
}

test("[STO-1] a revert takes back what its segment starts at or before, also when it goes further back than an earlier one", () => {
  const segments = [segment("a", 0), segment("a_2", 5), segment("a_1", 10)];
  const turns = [turn("a", 2), turn("a", 5), turn("a_2", 7), turn("a_1", 12)];
  expect(gone(segments, turns)).toEqual([5, 12]);
});

test("[STO-1] segments of another source and turns without ordinals are no reverts", () => {
  expect(gone([segment("a", 0), segment("b", 0, "exec")], [turn("a", 3)])).toEqual([]);
  expect(gone([segment("a", 0), segment("b", 0)], [turn("a", null)])).toEqual([]);
  expect(gone([], [turn("a", 3)])).toEqual([]);
});

test("[STO-1] rollbacks count tasks backwards from where they stand, each from what is left", () => {
  const turns = [turn("a", 1), turn("a", 2), turn("a", 3, "compaction"), turn("a", 4), turn("a", 9)];
  const only = [segment("a", 0)];
  expect(gone(only, turns, [rollback(5, 1)])).toEqual([4]);
  expect(gone(only, turns, [rollback(5, 2)])).toEqual([2, 3, 4]);
  expect(gone(only, turns, [rollback(5, 1), rollback(6, 1)])).toEqual([2, 3, 4]);
  expect(gone(only, turns, [rollback(5, 9)])).toEqual([1, 2, 3, 4]);
  expect(gone(only, turns, [rollback(5, null)])).toEqual([]);
});
