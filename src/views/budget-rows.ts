import { capScopeOf, type Cap, type CapLimits, type CapScope, type CapUnit } from "../model/cap.ts";
import { dayOf, type Instant } from "../model/time.ts";
import { listCaps } from "../store/caps/list-caps.ts";
import { listLatestCaps } from "../store/caps/list-latest-caps.ts";
import type { Reader } from "../store/store.ts";
import { budgetRow } from "./budget.ts";
import type { BudgetRow } from "./shapes/budget.ts";

export interface BudgetQuery {
  readonly limits: CapLimits;
  readonly now: Instant;
  /** At most so many caps beside those of today and of this month. */
  readonly limit: number;
}

/** The caps of today and of this month, whether or not anything was spent yet, then those that last changed. */
export async function budgetRows(reader: Reader, { limits, now, limit }: BudgetQuery): Promise<readonly BudgetRow[]> {
  const day = dayOf(now);
  const current = [capScopeOf.day(day), capScopeOf.month(day)];
  const touched = await listCaps(reader, current);
  const today = currentLimits(limits, day).map(({ scope, unit, limit: configured }) => {
    const cap = touched.find((row) => row.scope === scope && row.unit === unit);
    return cap === undefined ? untouched(scope, unit, configured) : followed(cap, configured);
  });
  const latest = await listLatestCaps(reader, limit + today.length);
  const others = latest.filter(({ scope }) => !current.includes(scope)).slice(0, limit);
  return [...today, ...others].map(budgetRow);
}

interface CurrentLimit {
  readonly scope: CapScope;
  readonly unit: CapUnit;
  readonly limit: number | null;
}

function currentLimits(limits: CapLimits, day: string): readonly CurrentLimit[] {
  return [
    { scope: capScopeOf.day(day), unit: "usd", limit: limits.dayMicroDollars },
    { scope: capScopeOf.day(day), unit: "tokens", limit: limits.dayTokens },
    { scope: capScopeOf.month(day), unit: "usd", limit: limits.monthMicroDollars },
    { scope: capScopeOf.month(day), unit: "tokens", limit: limits.monthTokens },
  ];
}

/** Nothing was reserved or spent there: a known zero. */
function untouched(scope: CapScope, unit: CapUnit, cap: number | null): Cap {
  return { scope, unit, cap, extended: 0, reserved: 0, spent: 0, unknown: 0, provenance: "measured" };
}

/** As the next attempt will find it: the settings may have changed since the row was last touched. */
function followed(cap: Cap, limit: number | null): Cap {
  return { ...cap, cap: limit === null ? null : limit + cap.extended };
}
