/** The smallest of the values that at least a share `q` of them do not exceed (nearest rank); `null` for none. */
export function quantile(values: readonly number[], q: number): number | null {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)] ?? null;
}
