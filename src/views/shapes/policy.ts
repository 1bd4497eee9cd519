import type { Actor, DecisionWord, Gate } from "../../model/policy.ts";

export interface PolicyRuleRow {
  readonly gate: Gate;
  readonly rule: string;
  readonly verdict: DecisionWord;
  readonly reason: string;
  readonly missing: readonly string[];
}

/** What policy says to a change that is looked at beforehand. */
export interface PolicyCheck {
  readonly decision: DecisionWord;
  /** Those that hold it back first. */
  readonly rules: readonly PolicyRuleRow[];
  /** What was judged, and what was taken for true because nobody can know it here. */
  readonly repository: string;
  readonly base: string;
  readonly head: string;
  readonly files: number;
  readonly lines: number;
  readonly actor: Actor;
  readonly labels: readonly string[];
  readonly passed_checks: readonly string[];
  readonly policy_hash: string;
}

export interface PolicyDifference {
  readonly id: string;
  readonly gate: Gate;
  readonly subject: string;
  readonly decided_at: string;
  readonly before: DecisionWord;
  readonly after: DecisionWord;
  /** Rules whose word is another one, or that only one of the two policies has (`null`). */
  readonly rules: readonly {
    readonly rule: string;
    readonly before: DecisionWord | null;
    readonly after: DecisionWord | null;
  }[];
}

/** Recorded decisions made again. */
export interface PolicyReplay {
  /** How many were made again, and how many of them came out as before. */
  readonly decisions: number;
  readonly same: number;
  readonly differences: readonly PolicyDifference[];
}
