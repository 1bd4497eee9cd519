import type { Signal } from "../../../model/signal.ts";
import type { Instant } from "../../../model/time.ts";

/** A moment of a thread: its line over all segments, and its time where the recording has one. */
export interface Moment {
  readonly seq: number;
  readonly at: Instant | null;
}

/** The part of a thread after `from` up to and including `to` that one piece of friction pays for. */
export interface Stretch {
  readonly signal: Signal;
  /** Command family of a call; the category for friction of the thread. */
  readonly family: string;
  readonly from: Moment;
  readonly to: Moment;
  /** `recovered`: the family succeeded again, or the thread went on · `turn_ended`: it never did. */
  readonly endedBy: "recovered" | "turn_ended";
}

/** Thread order of two moments. */
export function byPlace(left: Moment, right: Moment): number {
  return left.seq - right.seq;
}
