import type { SegmentName } from "../../model/ids.ts";
import type { Instant } from "../../model/time.ts";
import type { Mark, Place, Segment, Session, SessionTrace, Turn } from "../../model/trace.ts";
import { sessionOutcome } from "./session-outcome.ts";
import { turnsTakenBack } from "./taken-back.ts";

/** The rows of one session; each list in the order of segment names and offsets. */
export type SessionRows = Pick<SessionTrace, "calls" | "messages" | "usage" | "marks" | "turns"> & {
  readonly session: Session;
  /** By first ordinal and name. */
  readonly segments: readonly Segment[];
};

/** Puts the rows of a session in thread order, numbers its lines, and marks the turns that were taken back. */
export function sessionTraceOf(rows: SessionRows, { now }: { readonly now: Instant }): SessionTrace {
  const segments = rows.segments.toSorted(
    (left, right) => Number(left.source === "exec") - Number(right.source === "exec"),
  );
  const starts = linesBefore(segments.filter((segment) => !isMergedStream(segment, segments)));
  const marks = inOrder(rows.marks, segments);
  const turns = withTakenBack(segments, inOrder(rows.turns, segments), marks);
  const last = turns.findLast((turn) => !turn.reverted)?.outcome ?? null;
  return {
    session: rows.session,
    outcome: sessionOutcome(last, { lastAt: rows.session.lastAt, now }),
    segments,
    turns,
    calls: inOrder(rows.calls, segments),
    messages: inOrder(rows.messages, segments),
    usage: inOrder(rows.usage, segments),
    marks,
    seqOf: (place) => {
      const before = starts.get(place.segment);
      return before === undefined ? 0 : before + place.line;
    },
  };
}

function withTakenBack(segments: readonly Segment[], turns: readonly Turn[], marks: readonly Mark[]): readonly Turn[] {
  const rollbacks = marks.filter(({ kind }) => kind === "rollback");
  const gone = turnsTakenBack(segments, turns, rollbacks);
  return gone.size === 0 ? turns : turns.map((turn) => (gone.has(turn) ? { ...turn, reverted: true } : turn));
}

/**
 * A stream that merged into a thread with a rollout has no line numbers of its own there: they would shift those of
 * every other line, and with them the ids of signals.
 */
function isMergedStream({ source }: Segment, segments: readonly Segment[]): boolean {
  return source === "exec" && segments.some((other) => other.source === "rollout");
}

/** Rows of one segment come in order from the store; the segments' own order is the thread's. */
function inOrder<Row extends Place>(rows: readonly Row[], segments: readonly Segment[]): readonly Row[] {
  if (segments.length === 1) return rows;
  const order = new Map(segments.map(({ name }, index) => [name, index]));
  const placeOf = (row: Row): number => order.get(row.segment) ?? segments.length;
  return rows.toSorted((left, right) => placeOf(left) - placeOf(right));
}

function linesBefore(segments: readonly Segment[]): ReadonlyMap<SegmentName, number> {
  const starts = new Map<SegmentName, number>();
  let lines = 0;
  for (const segment of segments) {
    starts.set(segment.name, lines);
    lines += segment.lines;
  }
  return starts;
}
