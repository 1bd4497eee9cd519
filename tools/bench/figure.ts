/** One thing measured, what was measured beside it in the same run, and the limit it should hold. */
export interface Figure {
  readonly what: string;
  readonly unit: Unit;
  readonly ours: number;
  readonly beside: Beside;
  /** `null` where there is none, or none for this size: the figure is there to be compared. */
  readonly limit: Limit | null;
}

export type Unit = "CPU s" | "CPU ms" | "CPU µs" | "ms" | "MB per CPU s" | "MB" | "jobs/s";

/** A peer, or a floor: what anybody must at least pay for the same work. */
export interface Beside {
  readonly name: string;
  readonly value: number;
}

export interface Limit {
  readonly is: "at most" | "at least";
  readonly value: number;
}

/** Something that could not be measured here, and why. */
export interface Unmeasured {
  readonly what: string;
  readonly why: string;
}

export type Row = Figure | Unmeasured;

export type Verdict = "met" | "not met" | "no limit" | "not measured";

export function isMeasured(row: Row): row is Figure {
  return "ours" in row;
}

export function verdictOf(row: Row): Verdict {
  if (!isMeasured(row)) return "not measured";
  const { ours, limit } = row;
  if (limit === null) return "no limit";
  const holds = limit.is === "at most" ? ours <= limit.value : ours >= limit.value;
  return holds ? "met" : "not met";
}

/** Ours as a multiple of what stands beside it. */
export function ratioOf({ ours, beside }: Figure): number {
  return ours / beside.value;
}
