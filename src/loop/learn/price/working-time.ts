import { msOf } from "../../../model/time.ts";
import type { SessionTrace } from "../../../model/trace.ts";
import { lastMoments } from "./thread-moments.ts";

/** A span of time in milliseconds since the epoch. */
interface Span {
  readonly from: number;
  readonly to: number;
}

/**
 * How many milliseconds of a span the agent was at work. Between turns it waits for a person, however long: a failure
 * on Friday that was mended on Monday did not cost a weekend. Without timed turns the whole span counts.
 */
export function workingTime(trace: SessionTrace): (span: Span) => number {
  const ends = lastMoments(trace);
  const turns = trace.turns.flatMap((turn): Span[] => {
    const end = turn.endedAt ?? ends.get(turn.turnId)?.at ?? null;
    return turn.startedAt === null || end === null ? [] : [{ from: msOf(turn.startedAt), to: msOf(end) }];
  });
  const work = turns.length === 0 ? [EVER] : merged(turns);
  return (span) =>
    work.reduce((sum, turn) => sum + Math.max(0, Math.min(span.to, turn.to) - Math.max(span.from, turn.from)), 0);
}

const EVER: Span = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY };

/** Turns of one thread may overlap where an end is not recorded: no moment may count twice. */
function merged(spans: readonly Span[]): readonly Span[] {
  let reached = Number.NEGATIVE_INFINITY;
  return spans
    .toSorted((left, right) => left.from - right.from)
    .map((span) => {
      const from = Math.max(span.from, reached);
      reached = Math.max(reached, span.to);
      return { from, to: Math.max(from, span.to) };
    });
}
