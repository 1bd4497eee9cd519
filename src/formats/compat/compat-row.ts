/** One number of a predecessor beside ours. `null` is "cannot be said", never zero. */
export interface CompatRow {
  readonly metric: string;
  readonly theirs: CompatValue;
  readonly ours: CompatValue;
  /** Why the two differ; `equal` when they do not. */
  readonly why: string;
}

export type CompatValue = number | string | boolean | null;

/** Numbers by metric. */
export type Metrics = { readonly [metric: string]: CompatValue };

/** Rows in the order of `reasons`, which says for each metric why the two may differ. */
export function compatRows(
  theirs: Metrics,
  ours: Metrics,
  reasons: Readonly<Record<string, string>>,
): readonly CompatRow[] {
  return Object.entries(reasons).map(([metric, reason]) => {
    const [left, right] = [theirs[metric] ?? null, ours[metric] ?? null];
    return { metric, theirs: left, ours: right, why: left === right ? "equal" : reason };
  });
}
