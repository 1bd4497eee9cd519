import type { Approval } from "../model/approval.ts";
import type { Attempt } from "../model/attempt.ts";
import type { AttemptCaps, Cap } from "../model/cap.ts";
import type { Provenance } from "../model/provenance.ts";
import { msOf, type Instant } from "../model/time.ts";
import { budgetRow } from "./budget.ts";
import type { MeterRow } from "./shapes/budget.ts";

export interface MeterFacts {
  readonly attempt: Attempt;
  /** The caps of the attempt's own scope. */
  readonly caps: readonly Cap[];
  readonly approvals: readonly Approval[];
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Everything a run is limited in, what it has used of it, and what is reserved for answers on their way. */
export function meterOf({ attempt, caps, approvals, now }: MeterFacts): readonly MeterRow[] {
  const { caps: limits } = attempt.order;
  const provenance: Provenance = attempt.simulated ? "simulated" : "measured";
  const simulated = attempt.simulated ? { provenance } : {};
  const counted = { reserved: 0, unknown: 0, provenance };
  return [
    { ...ledgerRow("usd", limits, caps), ...simulated },
    { ...ledgerRow("tokens", limits, caps), ...simulated },
    { ...ledgerRow("responses", limits, caps), ...simulated },
    { unit: "minutes", cap: limits.minutes, spent: workedMinutes(attempt, approvals, now), ...counted },
    { unit: "turns", cap: limits.turns, spent: attempt.turns, ...counted },
    { unit: "tool_calls", cap: limits.toolCalls, spent: attempt.toolCalls, ...counted },
  ];
}

/** The ledger's cap may have been extended since the order was written, so it counts before the order's. */
function ledgerRow(unit: "usd" | "tokens" | "responses", limits: AttemptCaps, caps: readonly Cap[]): MeterRow {
  const ordered = { usd: limits.microDollars / 1_000_000, tokens: limits.tokens, responses: limits.responses }[unit];
  const cap = caps.find((row) => row.unit === unit);
  if (cap === undefined) return { unit, cap: ordered, reserved: 0, spent: null, unknown: 0, provenance: "measured" };
  const { reserved, spent, unknown, provenance, cap: limit } = budgetRow(cap);
  return { unit, cap: limit, reserved, spent, unknown, provenance };
}

/** Time that a run waited for a person is not its own. `null` before it began. */
export function workedMinutes(
  { startedAt, endedAt }: Pick<Attempt, "startedAt" | "endedAt">,
  approvals: readonly Pick<Approval, "askedAt" | "decidedAt" | "expiresAt" | "state">[],
  now: number,
): number | null {
  if (startedAt === null) return null;
  const end = endedAt === null ? now : msOf(endedAt);
  const start = msOf(startedAt);
  let waited = 0;
  let counted = start;
  for (const { askedAt, decidedAt, expiresAt, state } of approvals.toSorted(byAsked)) {
    const over = decidedAt ?? (state === "asked" ? null : expiresAt);
    const from = Math.max(counted, msOf(askedAt));
    const to = Math.min(end, over === null ? end : msOf(over));
    waited += Math.max(0, to - from);
    counted = Math.max(counted, to);
  }
  return Math.max(0, end - start - waited) / 60_000;
}

function byAsked(left: { readonly askedAt: Instant }, right: { readonly askedAt: Instant }): number {
  return left.askedAt < right.askedAt ? -1 : 1;
}
