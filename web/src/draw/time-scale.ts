/** Where moments stand on a session's waterfall. Waiting that nobody worked in is folded, so that a session resumed on the next day stays readable. */

import { firstFrom } from "./first-from.ts";

export interface Span {
  /** Milliseconds since the epoch. */
  readonly start: number;
  readonly end: number;
}

/** A place on the scale: `left` and `width` as shares of it, 0 to 1. */
export interface Place {
  readonly left: number;
  readonly width: number;
}

export interface TimeScale {
  readonly placeOf: (span: Span) => Place;
  /** How much waiting was folded away, in milliseconds. */
  readonly folded: number;
  /** Length of the scale after folding, in milliseconds. */
  readonly length: number;
}

/** A gap longer than this share of all work is folded to it. */
const GAP_SHARE = 0.08;

/** The scale over these spans; `null` when none has a length, because there is nothing to draw. */
export function timeScale(spans: readonly Span[]): TimeScale | null {
  const busy = merged(spans);
  const work = busy.reduce((sum, span) => sum + span.end - span.start, 0);
  if (work <= 0) return null;
  const gap = Math.max(1, work * GAP_SHARE);
  const starts = startsOf(busy, gap);
  const last = busy.length - 1;
  const length = (starts[last] ?? 0) + lengthOf(busy[last]);
  const real = (busy[last]?.end ?? 0) - (busy[0]?.start ?? 0);
  const at = (moment: number): number => {
    const index = Math.max(0, firstFrom(busy, moment + 1, (span) => span.start) - 1);
    const inside = Math.max(0, moment - (busy[index]?.start ?? 0));
    return ((starts[index] ?? 0) + Math.min(inside, lengthOf(busy[index]))) / length;
  };
  return {
    placeOf: ({ start, end }) => ({ left: at(start), width: Math.max(0, at(end) - at(start)) }),
    folded: Math.max(0, real - length),
    length,
  };
}

function startsOf(busy: readonly Span[], gap: number): readonly number[] {
  let at = 0;
  return busy.map((span, index) => {
    const before = busy[index - 1];
    if (before !== undefined) at += lengthOf(before) + Math.min(gap, span.start - before.end);
    return at;
  });
}

/** Overlapping and touching spans as one, in order of time. */
function merged(spans: readonly Span[]): readonly Span[] {
  const joined: Span[] = [];
  for (const span of spans.toSorted((left, right) => left.start - right.start)) {
    const last = joined.at(-1);
    if (last === undefined || span.start > last.end) joined.push(span);
    else joined[joined.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
  }
  return joined;
}

function lengthOf(span: Span | undefined): number {
  return span === undefined ? 0 : span.end - span.start;
}
