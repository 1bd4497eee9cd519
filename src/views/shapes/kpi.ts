/** The figures a service of agents is judged by, each with its gate. */
export type KpiVerdict = "pass" | "fail" | "insufficient_data" | "unknown";

export interface KpiRow {
  readonly gate: string;
  /** `null` where there is too little to say, or nothing to measure it by. Shares are from 0 to 1. */
  readonly value: number | null;
  readonly target: number;
  /** `at_least` or `at_most` the target. */
  readonly bound: "at_least" | "at_most";
  readonly unit: "share" | "minutes" | "hours" | "usd" | "count" | "per_week";
  /** Observations behind the value. */
  readonly n: number;
  readonly minimum_n: number;
  readonly verdict: KpiVerdict;
  /** Gates use measured values only; `null` where there is none. */
  readonly provenance: "measured" | null;
  /** What was only simulated: left out, and counted here. */
  readonly simulated: number;
  /** Why there is no figure, or which scopes it is about; `null` where it says all. */
  readonly why: string | null;
}
