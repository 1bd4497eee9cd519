import { quantile } from "../math/quantile.ts";
import { dayOf, instantOf, type Instant } from "../model/time.ts";
import { listBreaches } from "../store/kpi/list-breaches.ts";
import { listQueueWaits } from "../store/kpi/list-queue-waits.ts";
import { hasProposed, tallyAcceptance, tallyReverts } from "../store/kpi/tally-changes.ts";
import { tallyFirstPasses, tallyTasks } from "../store/kpi/tally-tasks.ts";
import type { Tally } from "../store/kpi/tally.ts";
import { worstSpending, type WorstSpending } from "../store/kpi/worst-spending.ts";
import type { Reader } from "../store/store.ts";
import { judgeGate, unknownGate, type GateName } from "./kpi-gates.ts";
import type { KpiRow } from "./shapes/kpi.ts";

export interface KpiQuery {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** How many days back is looked. */
  readonly days: number;
  /** Observations a rate needs. */
  readonly minimumN: number;
  /** What the settings allow to be spent, micro-dollars. */
  readonly dayMicroDollars: number;
  readonly monthMicroDollars: number;
}

const DAY_MS = 86_400_000;

/** Every gate with its figure, from stored rows and events; what cannot be known says why. */
export async function kpiRows(reader: Reader, query: KpiQuery): Promise<readonly KpiRow[]> {
  const { now, days, minimumN } = query;
  const since = instantOf(now - days * DAY_MS);
  return [
    rateRow("maintainer_acceptance_rate", await tallyAcceptance(reader, since), minimumN),
    rateRow("job_success_rate", await tallyTasks(reader, since), minimumN),
    await waitRow(reader, since, minimumN),
    await spendingRow(reader, { gate: "daily_spend_usd", since, target: query.dayMicroDollars }),
    await spendingRow(reader, { gate: "monthly_spend_usd", since, target: query.monthMicroDollars }),
    await breachRow(reader),
    rateRow("first_pass_ci_rate", await tallyFirstPasses(reader, since), minimumN),
    ...(await afterwards(reader, since, minimumN)),
    ...UNRECORDED.map(([gate, why]) => unknownGate(gate, why, minimumN)),
  ];
}

function rateRow(gate: GateName, { hits, n, simulated }: Tally, minimumN: number): KpiRow {
  return judgeGate(gate, { value: n === 0 ? null : hits / n, n, simulated, minimumN: Math.max(1, minimumN) });
}

async function waitRow(reader: Reader, since: Instant, minimumN: number): Promise<KpiRow> {
  const { minutes, simulated } = await listQueueWaits(reader, since);
  const value = quantile(minutes, 0.95);
  return judgeGate("queue_wait_p95_minutes", { value, n: minutes.length, minimumN: Math.max(1, minimumN), simulated });
}

interface SpendingWish {
  readonly gate: "daily_spend_usd" | "monthly_spend_usd";
  readonly since: Instant;
  readonly target: number;
}

/** The dearest day or month: one dear day is not made good by cheap ones. */
async function spendingRow(reader: Reader, { gate, since, target }: SpendingWish): Promise<KpiRow> {
  const kind = gate === "daily_spend_usd" ? "day" : "month";
  const first = kind === "day" ? dayOf(since) : dayOf(since).slice(0, 7);
  const spent = await worstSpending(reader, { kind, first });
  const isLeast = isIncomplete(spent);
  return judgeGate(gate, {
    value: spent.worst === null ? null : spent.worst.microDollars / 1_000_000,
    n: spent.n,
    minimumN: 1,
    simulated: spent.simulated,
    target: target / 1_000_000,
    isLeast,
    ...(spent.worst === null ? {} : { why: whyOf(spent.worst.scope, isLeast) }),
  });
}

function isIncomplete({ worst, unknown }: WorstSpending): boolean {
  return unknown > 0 || (worst !== null && worst.provenance !== "measured");
}

function whyOf(scope: string, isLeast: boolean): string {
  return isLeast ? `${scope}, and at least that: some answers had no known price or count` : scope;
}

async function breachRow(reader: Reader): Promise<KpiRow> {
  const { breached, n, simulated } = await listBreaches(reader);
  const why = breached.length === 0 ? {} : { why: breached.join(", ") };
  return judgeGate("budget_breach_count", { value: breached.length, n, minimumN: 1, simulated, ...why });
}

const NO_CODE_HOST = "no change has left this machine: fast mode writes to no code host";

const AFTERWARDS = ["merged_prs_per_week", "issue_to_draft_hours", "cost_per_merged_pr_usd"] as const;

async function afterwards(reader: Reader, since: Instant, minimumN: number): Promise<readonly KpiRow[]> {
  const proposed = await hasProposed(reader);
  const why = proposed ? "what the code host says of proposed changes is not read yet" : NO_CODE_HOST;
  const reverts = proposed
    ? rateRow("rollback_rate", await tallyReverts(reader, since), minimumN)
    : unknownGate("rollback_rate", NO_CODE_HOST, minimumN);
  return [...AFTERWARDS.map((gate) => unknownGate(gate, why, minimumN)), reverts];
}

/** What no row or event of ours holds. */
const UNRECORDED: readonly (readonly [GateName, string])[] = [
  ["reopened_14d_rate", "no tracker is read that would say what was opened again"],
  ["orchestrator_uptime", "when no server runs, nothing is there to write that down"],
  ["worker_heartbeat_rate", "heartbeats renew a lease and are not kept"],
  ["external_value_share", "ideas do not say whom they are for"],
];
