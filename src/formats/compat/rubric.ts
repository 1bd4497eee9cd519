/**
 * The rubric `v1` of seed 000: five dimensions from 0 to 100, each a weighted mean of parts. A part that cannot be
 * said drops out and the others take its weight, which is how saying less can score more.
 */
export interface RubricFacts {
  readonly windowHours: number;
  readonly calls: number;
  readonly successes: number;
  readonly invalidLines: number;
  /** Failures that follow another of the same kind within 15 minutes and were not overcome. */
  readonly activeBursts: number;
  /** Latency the rubric looks at, milliseconds. */
  readonly p95Ms: number | null;
  readonly p50Ms: number | null;
  readonly mttrMinutes: number | null;
  /** Share of calls with a token count. */
  readonly coverage: number | null;
  readonly totalTokens: number;
  readonly hasDurations: boolean;
  readonly impact: number | null;
  readonly closure: number | null;
  readonly prHealth: number | null;
}

export interface Scorecard {
  readonly reliability: number | null;
  readonly speed: number | null;
  readonly efficiency: number | null;
  readonly throughput: number | null;
  readonly quality: number | null;
  readonly overall: number | null;
  readonly grade: string;
}

/** `ingestion` is what the predecessor assumes when nobody says: it lowers two targets. */
export type RubricPhase = "ingestion" | "default";

const WEIGHTS = { reliability: 0.32, speed: 0.23, efficiency: 0.2, throughput: 0.1, quality: 0.15 } as const;

const GRADES = [
  [93, "A"],
  [85, "B"],
  [75, "C"],
  [65, "D"],
] as const;

type Part = readonly [weight: number, score: number | null];

export function rubricScorecard(facts: RubricFacts, phase: RubricPhase = "ingestion"): Scorecard {
  const p95Target = phase === "ingestion" ? 9_000 : 8_000;
  const closureTarget = phase === "ingestion" ? 0.4 : 0.75;
  const { calls, successes, totalTokens } = facts;
  const dimensions = {
    reliability: weighted([
      [0.65, higherIsBetter(calls === 0 ? null : successes / calls, 0.97, 0.75)],
      [0.2, lowerIsBetter(facts.activeBursts, 2, 4)],
      [0.15, lowerIsBetter(facts.invalidLines, 0, 8)],
    ]),
    speed: weighted([
      [0.55, lowerIsBetter(facts.p95Ms, p95Target, 3.5)],
      [0.25, lowerIsBetter(facts.mttrMinutes, 30, 4)],
      [0.2, lowerIsBetter(facts.p50Ms, 3_000, 4)],
    ]),
    efficiency: facts.coverage ? efficiency(facts.coverage, successes, totalTokens) : null,
    throughput: weighted([[1, higherIsBetter(successes / facts.windowHours, 0.25, 0.25)]]),
    quality: weighted([
      [0.45, higherIsBetter(facts.impact, 85, 0.5)],
      [0.3, higherIsBetter(facts.closure, closureTarget, 0.25)],
      [0.25, higherIsBetter(facts.prHealth, 90, 0.6)],
    ]),
  };
  const base = weighted(
    Object.entries(WEIGHTS).map(([name, weight]) => [weight, dimensions[name as keyof typeof WEIGHTS]]),
  );
  const overall = base === null ? null : Number((base * (0.85 + 0.15 * completeness(facts))).toFixed(1));
  return { ...dimensions, overall, grade: gradeOf(overall) };
}

function efficiency(coverage: number, successes: number, totalTokens: number): number | null {
  const known = totalTokens > 0;
  return weighted([
    [0.5, lowerIsBetter(known && successes > 0 ? totalTokens / successes : null, 3_000, 4)],
    [0.3, higherIsBetter(coverage, 0.7, 0.2)],
    [0.2, higherIsBetter(known ? successes / (totalTokens / 1_000) : null, 0.2, 0.3)],
  ]);
}

/** How much of what the rubric wants to know is known. */
function completeness(facts: RubricFacts): number {
  const known = [
    facts.calls > 0,
    facts.hasDurations,
    facts.impact !== null,
    facts.closure !== null,
    facts.prHealth !== null,
  ];
  return (known.filter(Boolean).length + (facts.coverage ?? 0)) / 6;
}

/** 100 up to `target`, 0 from `target × limit` on. */
export function lowerIsBetter(value: number | null, target: number, limit: number): number | null {
  if (value === null) return null;
  if (value <= target) return 100;
  const score =
    target <= 0 ? 100 - (value / Math.max(1, limit)) * 100 : 100 - ((value - target) / (target * limit - target)) * 100;
  return Math.round(Math.max(0, score));
}

/** 100 from `target` on, 0 up to `target × floor`. */
export function higherIsBetter(value: number | null, target: number, floor: number): number | null {
  if (value === null) return null;
  if (value >= target) return 100;
  return Math.round(Math.max(0, ((value - target * floor) / (target - target * floor)) * 100));
}

function weighted(parts: readonly Part[]): number | null {
  const known = parts.flatMap(([weight, score]) => (score === null ? [] : [{ weight, score }]));
  const weights = known.reduce((sum, part) => sum + part.weight, 0);
  return weights === 0 ? null : known.reduce((sum, part) => sum + part.weight * part.score, 0) / weights;
}

/** The letter for an overall score. */
export function gradeOf(overall: number | null): string {
  if (overall === null) return "n/a";
  return GRADES.find(([from]) => overall >= from)?.[1] ?? "F";
}
