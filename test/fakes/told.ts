import { computeSignals } from "../../src/loop/learn/signals/compute-signals.ts";
import type { SessionTrace } from "../../src/model/trace.ts";

/** All that a store tells of threads, with the signals in them, in a form that two stores can be compared by. */
export function told(traces: readonly SessionTrace[]): unknown {
  return traces.map((trace) => {
    const { session, outcome, turns, calls, messages, usage, marks } = trace;
    const places = [...turns, ...calls, ...messages, ...usage, ...marks].map((row) => trace.seqOf(row));
    const segments = trace.segments.map(({ name, lines, firstOrdinal, source }) => ({
      name,
      lines,
      firstOrdinal,
      source,
    }));
    return { session, outcome, segments, turns, calls, messages, usage, marks, places, signals: computeSignals(trace) };
  });
}
