/** A share with the number it stands on, or the plain statement that there are too few to say. */
export type Rate =
  | { readonly kind: "rate"; readonly value: number; readonly n: number }
  | { readonly kind: "insufficient_data"; readonly n: number; readonly needed: number };

/** A change between two periods, in points of the rate; `n` is that of the smaller period. */
export type Trend =
  | { readonly kind: "trend"; readonly change: number; readonly n: number }
  | { readonly kind: "insufficient_data"; readonly n: number; readonly needed: number };

/** Below these counts a figure would be noise dressed as knowledge. */
export const MINIMUM_N = {
  /** Sessions or calls behind a rate. */
  rate: 10,
  /** Sessions or calls in each of the two periods of a trend. */
  trend: 20,
} as const;

/** `hits` of `n` as a share from 0 to 1; never a figure below the minimum N. */
export function rateOf(hits: number, n: number, needed: number = MINIMUM_N.rate): Rate {
  return n < Math.max(needed, 1) ? { kind: "insufficient_data", n, needed } : { kind: "rate", value: hits / n, n };
}

/** How far a rate moved from one period to the next; both need the minimum N. */
export function trendOf(before: Rate, after: Rate, needed: number = MINIMUM_N.trend): Trend {
  const n = Math.min(before.n, after.n);
  if (before.kind !== "rate" || after.kind !== "rate" || n < needed) return { kind: "insufficient_data", n, needed };
  return { kind: "trend", change: after.value - before.value, n };
}
