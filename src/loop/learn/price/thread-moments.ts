import type { TurnId } from "../../../model/ids.ts";
import type { Instant } from "../../../model/time.ts";
import type { Place, SessionTrace, ToolCall } from "../../../model/trace.ts";
import type { Moment } from "./stretch.ts";

/** When a call began. */
export function startOf(trace: SessionTrace, call: ToolCall): Moment {
  return { seq: trace.seqOf(call), at: call.startedAt };
}

/** When the outcome of a call was known. */
export function endOf(trace: SessionTrace, call: ToolCall): Moment {
  return { seq: trace.seqOf({ ...call, line: call.endLine }), at: call.endedAt ?? call.startedAt };
}

/** The last moment of every turn, and under `null` of the whole thread: no line records where a turn ended. */
export function lastMoments(trace: SessionTrace): ReadonlyMap<TurnId | null, Moment> {
  const last = new Map<TurnId | null, Moment>();
  const note = (key: TurnId | null, moment: Moment): void => {
    const known = last.get(key);
    last.set(key, { seq: Math.max(known?.seq ?? 0, moment.seq), at: later(known?.at ?? null, moment.at) });
  };
  for (const { turnId, moment } of momentsOf(trace)) {
    note(turnId, moment);
    note(null, moment);
  }
  return last;
}

interface TurnMoment {
  readonly turnId: TurnId | null;
  readonly moment: Moment;
}

function* momentsOf(trace: SessionTrace): Generator<TurnMoment> {
  const at = (row: Place & { turnId: TurnId | null }, time: Instant | null): TurnMoment => ({
    turnId: row.turnId,
    moment: { seq: trace.seqOf(row), at: time },
  });
  for (const turn of trace.turns) yield at(turn, turn.endedAt ?? turn.startedAt);
  for (const call of trace.calls) yield { turnId: call.turnId, moment: endOf(trace, call) };
  for (const row of [...trace.messages, ...trace.usage, ...trace.marks]) yield at(row, row.at);
}

function later(left: Instant | null, right: Instant | null): Instant | null {
  if (left === null || right === null) return left ?? right;
  return left > right ? left : right;
}
