import { expect, test } from "vitest";
import { readImprovementState } from "./improvement-state.ts";
import { percentile } from "./rubric-facts.ts";
import { gradeOf, higherIsBetter, lowerIsBetter, type RubricFacts, rubricScorecard } from "./rubric.ts";
import { xorshift32 } from "./telemetry-audit.ts";

const PERFECT: RubricFacts = {
  windowHours: 24,
  calls: 100,
  successes: 100,
  invalidLines: 0,
  activeBursts: 0,
  p95Ms: 1_000,
  p50Ms: 500,
  mttrMinutes: 5,
  coverage: 1,
  totalTokens: 100_000,
  hasDurations: true,
  impact: 90,
  closure: 0.8,
  prHealth: 95,
};

test("[SIG-8] parts fall from 100 at the target to 0 at the limit", () => {
  expect([2, 5, 8, 9].map((value) => lowerIsBetter(value, 2, 4))).toEqual([100, 50, 0, 0]);
  expect([0, 4, 8].map((value) => lowerIsBetter(value, 0, 8))).toEqual([100, 50, 0]);
  expect([0.97, 0.84875, 0.7275, 0].map((value) => higherIsBetter(value, 0.97, 0.75))).toEqual([100, 50, 0, 0]);
  expect([lowerIsBetter(null, 1, 2), higherIsBetter(null, 1, 0.5)]).toEqual([null, null]);
});

test("[SIG-8] a perfect day is 100 and an A; each grade begins where it should", () => {
  expect(rubricScorecard(PERFECT)).toMatchObject({ reliability: 100, efficiency: 100, overall: 100, grade: "A" });
  const grades = [93, 92.9, 85, 84.9, 75, 74.9, 65, 64.9, null].map(gradeOf);
  expect(grades).toEqual(["A", "B", "B", "C", "C", "D", "D", "F", "n/a"]);
});

test("[SIG-8] what is not known drops out and lowers only the completeness", () => {
  const blind = {
    ...PERFECT,
    p95Ms: null,
    p50Ms: null,
    mttrMinutes: null,
    coverage: 0,
    impact: null,
    closure: null,
    prHealth: null,
  };
  expect(rubricScorecard(blind)).toEqual({
    reliability: 100,
    speed: null,
    efficiency: null,
    throughput: 100,
    quality: null,
    overall: 90, // 100 × (0.85 + 0.15 × 2/6)
    grade: "B",
  });
});

test("[SIG-8] the phase nobody names lowers two targets", () => {
  const slow = { ...PERFECT, p95Ms: 9_000, closure: 0.4 };
  expect(rubricScorecard(slow).overall).toBe(100);
  expect(rubricScorecard(slow, "default").overall).toBeLessThan(98);
});

test("[SIG-8] percentiles interpolate", () => {
  expect(percentile([4, 1, 3, 2], 0.5)).toBe(2.5);
  expect(percentile([10], 0.95)).toBe(10);
  expect(percentile([], 0.5)).toBeNull();
});

test("[SIG-8] the closure rate takes the last word about each recommendation", () => {
  const outcomes = [
    ["a", "Blocked"],
    ["b", "Done"],
    ["a", "ACHIEVED "],
    ["c", "In Progress"],
    ["", "Done"],
  ].map(([recommendationId, status]) => ({ recommendationId, status }));
  expect(readImprovementState({ recommendationOutcomes: outcomes }).closure).toBeCloseTo(2 / 3);
  expect(readImprovementState(null)).toEqual({ impact: null, closure: null, prHealth: null });
  const old = Array.from({ length: 180 }, (_, index) => ({ recommendationId: `r${index}`, status: "Blocked" }));
  expect(
    readImprovementState({ recommendationOutcomes: [{ recommendationId: "x", status: "Done" }, ...old] }).closure,
  ).toBe(0);
});

test("[SIG-8] xorshift32 gives the known numbers, and seed 0 is not a standstill", () => {
  const next = xorshift32(1);
  expect([next(), next()]).toEqual([0.270369, 0.634689]);
  expect(xorshift32(0)()).toBeGreaterThan(0);
});
