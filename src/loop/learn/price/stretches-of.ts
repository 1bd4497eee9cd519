/**
 * Which part of the thread a piece of friction pays for:
 *
 * - a call that failed, was refused or was stopped: from the end of the call to the end of the next call of the same
 *   command family that went well (one that had begun before the failure was known is no recovery), else to the end of
 *   its turn;
 * - `compaction`: the response that wrote the summary, from the last thing the agent did to the compaction;
 * - `rollback`: the turns that were taken back, from their first line to the rollback.
 *
 * Nothing else has a stretch. Interrupted, crashed and failed turns show no recovery; what is repeated or churns is made
 * of calls that have their own; tone and delight cost nothing.
 */
import type { Signal, SignalCategory } from "../../../model/signal.ts";
import type { Mark, Place, SessionTrace, ToolCall } from "../../../model/trace.ts";
import type { Moment, Stretch } from "./stretch.ts";
import { endOf, lastMoments, startOf } from "./thread-moments.ts";

/** The stretches of a session's signals, in no particular order. */
export function stretchesOf(trace: SessionTrace, signals: readonly Signal[]): readonly Stretch[] {
  const ends = lastMoments(trace);
  const calls = new Map(trace.calls.map((call) => [call.callId, call]));
  const successes = Map.groupBy(
    trace.calls.filter((call) => call.outcome === "ok"),
    (call) => call.family,
  );
  return signals.flatMap((signal) => {
    if (signal.category === "compaction") return afterMark(trace, signal, summaryStart);
    if (signal.category === "rollback") return afterMark(trace, signal, takenBackStart);
    const call = signal.callId === null || !CALL_CATEGORIES.has(signal.category) ? undefined : calls.get(signal.callId);
    if (call === undefined) return [];
    const from = endOf(trace, call);
    const recovery = firstAfter(trace, successes.get(call.family) ?? [], from);
    const to = recovery === undefined ? (ends.get(call.turnId) ?? from) : endOf(trace, recovery);
    return [{ signal, family: call.family, from, to, endedBy: recovery === undefined ? "turn_ended" : "recovered" }];
  });
}

const CALL_CATEGORIES: ReadonlySet<SignalCategory> = new Set<SignalCategory>([
  "exec_failure",
  "sandbox_denied",
  "patch_failure",
  "tool_failure",
  "denial_exec",
  "denial_patch",
  "policy_rejection",
]);

/** Binary search: `calls` stand in thread order. */
function firstAfter(trace: SessionTrace, calls: readonly ToolCall[], from: Moment): ToolCall | undefined {
  let low = 0;
  let high = calls.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const call = calls[middle];
    if (call !== undefined && startOf(trace, call).seq <= from.seq) low = middle + 1;
    else high = middle;
  }
  return calls[low];
}

/** The stretch that leads up to a mark. */
function afterMark(
  trace: SessionTrace,
  signal: Signal,
  start: (trace: SessionTrace, mark: Mark) => Moment | null,
): Stretch[] {
  const mark = trace.marks.find(
    (candidate) => candidate.kind === signal.category && trace.seqOf(candidate) === signal.seq,
  );
  const from = mark === undefined ? null : start(trace, mark);
  if (mark === undefined || from === null) return [];
  return [{ signal, family: signal.category, from, to: { seq: signal.seq, at: mark.at }, endedBy: "recovered" }];
}

/**
 * The summary's own usage is the last one before the mark, so whatever stands before that one is not the summary's: an
 * earlier usage, the end of a call, the start of the turn.
 */
function summaryStart(trace: SessionTrace, mark: Mark): Moment {
  const seq = trace.seqOf(mark);
  const isBefore = (row: Place): boolean => trace.seqOf(row) < seq;
  const usage = trace.usage[trace.usage.findLastIndex(isBefore) - 1];
  const call = trace.calls.findLast((candidate) => endOf(trace, candidate).seq < seq);
  const turn = trace.turns.findLast(isBefore);
  const bounds: readonly (Moment | undefined)[] = [
    usage && { seq: trace.seqOf(usage), at: usage.at },
    call && endOf(trace, call),
    turn && { seq: trace.seqOf(turn), at: turn.startedAt },
  ];
  return bounds
    .filter((bound) => bound !== undefined)
    .reduce((left, right) => (right.seq > left.seq ? right : left), THREAD_START);
}

const THREAD_START: Moment = { seq: 0, at: null };

/** The first line of the turns a rollback took back: as many as it says, else those marked as reverted before it. */
function takenBackStart(trace: SessionTrace, mark: Mark): Moment | null {
  const before = trace.turns.filter(
    (turn) => turn.kind === "task" && trace.seqOf(turn) < trace.seqOf(mark) && turn.turnId !== mark.turnId,
  );
  const taken =
    mark.count === null
      ? before.slice(before.findLastIndex((turn) => !turn.reverted) + 1)
      : before.slice(Math.max(0, before.length - mark.count));
  const [first] = taken;
  return first === undefined ? null : { seq: trace.seqOf(first), at: first.startedAt };
}
