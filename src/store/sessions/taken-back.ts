import type { SegmentName } from "../../model/ids.ts";
import type { Mark, Place, Segment, Turn } from "../../model/trace.ts";

export type SegmentPlace = Pick<Segment, "name" | "source" | "firstOrdinal">;
export type TurnPlace = Pick<Turn, "segment" | "offset" | "ordinal" | "kind">;
export type RollbackPlace = Pick<Mark, "segment" | "offset" | "count">;

/**
 * The turns that were taken back, in either of the two ways Codex has had. Since 0.149 a revert starts a new segment of
 * the thread, whose first ordinal is where the old one stopped counting. Before, a rollback line took back so many tasks.
 * `segments` and `turns` are in thread order.
 */
export function turnsTakenBack<T extends TurnPlace>(
  segments: readonly SegmentPlace[],
  turns: readonly T[],
  rollbacks: readonly RollbackPlace[],
): ReadonlySet<T> {
  const reverted = turns.filter((turn) => isReverted(turn, segments));
  return new Set([...reverted, ...rolledBack(segments, turns, rollbacks)]);
}

/** Names of one thread's segments sort by the time they were begun at, also where a revert went further back. */
function isReverted(turn: TurnPlace, segments: readonly SegmentPlace[]): boolean {
  const { ordinal } = turn;
  const own = segments.find(({ name }) => name === turn.segment);
  if (ordinal === null || own === undefined) return false;
  return segments.some(
    (other) => other.source === own.source && other.name > own.name && other.firstOrdinal <= ordinal,
  );
}

function rolledBack<T extends TurnPlace>(
  segments: readonly SegmentPlace[],
  turns: readonly T[],
  rollbacks: readonly RollbackPlace[],
): readonly T[] {
  const order = new Map(segments.map(({ name }, index) => [name, index]));
  const gone = new Set<T>();
  for (const rollback of rollbacks) {
    const before = turns.filter((turn) => !gone.has(turn) && isBefore(turn, rollback, order));
    let left = rollback.count ?? 0;
    for (const turn of before.toReversed()) {
      if (left === 0) break;
      gone.add(turn);
      // A compaction is no task: it goes with the tasks around it.
      if (turn.kind === "task") left -= 1;
    }
  }
  return [...gone];
}

function isBefore(
  left: Pick<Place, "segment" | "offset">,
  right: Pick<Place, "segment" | "offset">,
  order: ReadonlyMap<SegmentName, number>,
): boolean {
  const distance = (order.get(left.segment) ?? 0) - (order.get(right.segment) ?? 0);
  return distance === 0 ? left.offset < right.offset : distance < 0;
}
