import type { Cap } from "../model/cap.ts";
import type { BudgetRow } from "./shapes/budget.ts";

/** A cap in its unit, money in dollars. */
export function budgetRow(cap: Cap): BudgetRow {
  const { scope, unit, unknown, provenance } = cap;
  const amount = (value: number): number => (unit === "usd" ? value / 1_000_000 : value);
  return {
    scope,
    unit,
    cap: cap.cap === null ? null : amount(cap.cap),
    reserved: amount(cap.reserved),
    spent: amount(cap.spent),
    unknown,
    provenance,
  };
}
