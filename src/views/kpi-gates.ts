import type { KpiRow, KpiVerdict } from "./shapes/kpi.ts";

/** Every gate with its target: the predecessor's six, then the wider list. Spending is bounded by what the settings allow. */
export const GATES = {
  maintainer_acceptance_rate: { target: 0.6, bound: "at_least", unit: "share" },
  job_success_rate: { target: 0.8, bound: "at_least", unit: "share" },
  queue_wait_p95_minutes: { target: 30, bound: "at_most", unit: "minutes" },
  daily_spend_usd: { target: 40, bound: "at_most", unit: "usd" },
  monthly_spend_usd: { target: 900, bound: "at_most", unit: "usd" },
  budget_breach_count: { target: 0, bound: "at_most", unit: "count" },
  first_pass_ci_rate: { target: 0.7, bound: "at_least", unit: "share" },
  merged_prs_per_week: { target: 6, bound: "at_least", unit: "per_week" },
  issue_to_draft_hours: { target: 6, bound: "at_most", unit: "hours" },
  cost_per_merged_pr_usd: { target: 12, bound: "at_most", unit: "usd" },
  rollback_rate: { target: 0.05, bound: "at_most", unit: "share" },
  reopened_14d_rate: { target: 0.1, bound: "at_most", unit: "share" },
  orchestrator_uptime: { target: 0.99, bound: "at_least", unit: "share" },
  worker_heartbeat_rate: { target: 0.985, bound: "at_least", unit: "share" },
  external_value_share: { target: 0.8, bound: "at_least", unit: "share" },
} as const;

export type GateName = keyof typeof GATES;

/** What was measured for a gate. */
export interface Measured {
  readonly value: number | null;
  readonly n: number;
  readonly minimumN: number;
  readonly simulated: number;
  /** In place of the table's, where the settings have a say. */
  readonly target?: number;
  /** The value is the least it can be: it can fail a gate, and never pass one. */
  readonly isLeast?: boolean;
  readonly why?: string;
}

/** Judges a measured value; too few observations are no verdict, and a value that may be higher never passes a bound above. */
export function judgeGate(gate: GateName, measured: Measured): KpiRow {
  const { bound, unit } = GATES[gate];
  const target = measured.target ?? GATES[gate].target;
  const { n, minimumN, simulated } = measured;
  const verdict = verdictOf(measured, { target, bound });
  const value = verdict === "insufficient_data" ? null : measured.value;
  const why = measured.why ?? (verdict === "insufficient_data" ? `${n} of at least ${minimumN} observations` : null);
  const provenance = value === null ? null : "measured";
  return { gate, value, target, bound, unit, n, minimum_n: minimumN, verdict, provenance, simulated, why };
}

/** A gate that nothing can be measured for yet, and why. */
export function unknownGate(gate: GateName, why: string, minimumN: number): KpiRow {
  return { ...judgeGate(gate, { value: null, n: 0, minimumN: 0, simulated: 0, why }), minimum_n: minimumN };
}

function verdictOf(measured: Measured, gate: Pick<KpiRow, "target" | "bound">): KpiVerdict {
  const { value, n, minimumN, isLeast = false } = measured;
  if (n < minimumN) return "insufficient_data";
  if (value === null) return "unknown";
  const holds = gate.bound === "at_least" ? value >= gate.target : value <= gate.target;
  if (!isLeast) return holds ? "pass" : "fail";
  return gate.bound === "at_most" && !holds ? "fail" : "unknown";
}
