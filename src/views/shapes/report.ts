import type { SignalType } from "../../model/signal.ts";
import type { Tokens } from "./session.ts";

/** Where to look: a line of a session. */
export interface EvidenceRow {
  readonly session_id: string;
  readonly signal_id: string;
  readonly call_id: string | null;
  readonly segment: string;
  readonly line: number;
  /** Line number over all segments of the thread; 0 for thread-wide evidence. */
  readonly seq: number;
  readonly excerpt: string;
}

/** What one kind of friction cost between failure and recovery, measured. */
export interface FrictionCostRow {
  readonly category: string;
  readonly family: string;
  readonly tokens: number;
  readonly minutes: number;
  readonly usd: number | null;
  readonly times: number;
  readonly sessions: number;
  /** How many of `times` were recovered from; the others ended with their turn. */
  readonly recovered: number;
  readonly provenance: "measured";
  /** The three costliest places. */
  readonly evidence: readonly EvidenceRow[];
}

/** A share with the number it stands on, or the plain statement that there are too few to say. */
export type RateRow =
  | { readonly kind: "rate"; readonly value: number; readonly n: number }
  | { readonly kind: "insufficient_data"; readonly n: number; readonly needed: number };

export interface CategoryRow {
  readonly category: string;
  readonly type: SignalType;
  readonly count: number;
  readonly sessions: number;
  readonly severity: number;
}

export interface Report {
  readonly generated_at: string;
  /** True while the store holds the recordings we ship instead of a person's own. */
  readonly sample_data: boolean;
  readonly sessions: number;
  readonly sessions_with_friction: RateRow;
  readonly call_failure_rate: RateRow;
  readonly period: { readonly from: string | null; readonly to: string | null };
  readonly tokens: Tokens;
  readonly signals: {
    readonly friction: number;
    readonly delight: number;
    readonly by_category: { readonly [category: string]: number };
    readonly categories: readonly CategoryRow[];
  };
  readonly friction_cost: readonly FrictionCostRow[];
  readonly friction_cost_total: {
    readonly tokens: number;
    readonly minutes: number;
    readonly usd: number | null;
    readonly share_of_tokens: number | null;
  };
  /** Clusters of friction; empty until the clustering stage exists, and `embedder` says so with `null`. */
  readonly clusters: readonly never[];
  readonly embedder: string | null;
  readonly unreadable: number;
}
