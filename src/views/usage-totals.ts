import type { UsageRow, UsageTotals } from "./shapes/usage.ts";

/** Nothing counted is zero, unless recordings were there that tell nothing: then it is unknown. */
export function usageTotals(sum: Omit<UsageRow, "key">, silentSessions: number): UsageTotals {
  if (sum.responses > 0 || silentSessions === 0) return sum;
  return { ...sum, total: null, input: null, cached_input: null, output: null, reasoning: null, usd: null };
}
