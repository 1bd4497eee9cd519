import type { SignalCategory, SignalDetector, SignalType } from "../../model/signal.ts";
import type { Provenance } from "../../model/provenance.ts";

export interface SignalRow {
  readonly id: string;
  readonly category: SignalCategory;
  readonly type: SignalType;
  readonly severity: number;
  readonly session_id: string;
  readonly turn_id: string | null;
  readonly call_id: string | null;
  /** Line number over all segments of the thread; 0 for a thread-wide signal. */
  readonly seq: number;
  readonly description: string;
  readonly detector: SignalDetector;
  /** `measured` for mechanical rules, `estimated` for rules over words. */
  readonly provenance: Provenance;
  readonly version: number;
  /** Found in one of the recordings we ship. */
  readonly sample: boolean;
  /** The line the evidence stands on. */
  readonly evidence: { readonly segment: string; readonly line: number; readonly offset: number };
}
