import { signalId, type CallId, type TurnId } from "../../../model/ids.ts";
import { signalType, type Signal } from "../../../model/signal.ts";
import type { SessionTrace } from "../../../model/trace.ts";
import type { Finding, SignalRule } from "./rule.ts";
import { SIGNAL_TABLE } from "./table.ts";

/**
 * All signals of a session, in thread order, thread-wide ones first. A signal's id stands on session, category and
 * line, so the same trace always gives the same rows, and two findings of one category at one line are one signal.
 */
export function computeSignals(trace: SessionTrace, rules: readonly SignalRule[] = SIGNAL_TABLE): readonly Signal[] {
  const known = rowsOf(trace);
  const signals = new Map<string, Signal>();
  for (const rule of rules) {
    for (const finding of rule.find(trace)) {
      const signal = signalOf({ trace, known }, rule, finding);
      if (!signals.has(signal.id)) signals.set(signal.id, signal);
    }
  }
  return [...signals.values()].toSorted(byThreadOrder);
}

/** Turns and calls a signal may point to. A mark may name others: of a stream merged away, or of a call never begun. */
interface Rows {
  readonly turns: ReadonlySet<TurnId | null>;
  readonly calls: ReadonlySet<CallId | null>;
}

function rowsOf(trace: SessionTrace): Rows {
  return {
    turns: new Set(trace.turns.map((turn) => turn.turnId)),
    calls: new Set(trace.calls.map((call) => call.callId)),
  };
}

interface Scope {
  readonly trace: SessionTrace;
  readonly known: Rows;
}

function signalOf({ trace, known }: Scope, rule: SignalRule, finding: Finding): Signal {
  const seq = finding.threadWide ? 0 : trace.seqOf(finding.place);
  const { segment, offset, line } = finding.place;
  return {
    id: signalId(trace.session.id, rule.category, seq),
    category: rule.category,
    type: signalType(rule.category),
    severity: rule.severity,
    sessionId: trace.session.id,
    turnId: known.turns.has(finding.turnId) ? finding.turnId : null,
    callId: known.calls.has(finding.callId) ? finding.callId : null,
    seq,
    description: finding.description,
    detector: rule.detector,
    version: rule.version,
    evidence: { segment, offset, line },
  };
}

function byThreadOrder(left: Signal, right: Signal): number {
  if (left.seq !== right.seq) return left.seq - right.seq;
  return left.category < right.category ? -1 : Number(left.category > right.category);
}
