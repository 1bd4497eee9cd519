import { isObject, numberAt, objectAt, stringAt } from "../../kit/json.ts";

/** The three numbers the rubric takes from `.codex/improvement-state.json`; `null` where it has none. */
export interface ImprovementState {
  readonly impact: number | null;
  /** Share of recommendations whose latest status says closed. */
  readonly closure: number | null;
  readonly prHealth: number | null;
}

const CLOSED = new Set(["achieved", "done", "closed", "resolved", "completed", "shipped"]);
const LATEST_OUTCOMES = 180;

export function readImprovementState(state: unknown): ImprovementState {
  const scores = listAt(state, "improvementImpactScores").map(Number).filter(Number.isFinite);
  const prHealth = numberAt(objectAt(objectAt(state, "prGreenDaily"), "lastSummary"), "healthScore");
  return { impact: scores.at(-1) ?? null, closure: closureOf(listAt(state, "recommendationOutcomes")), prHealth };
}

/** The last word about each recommendation, of the latest 180 words. */
function closureOf(outcomes: readonly unknown[]): number | null {
  const latest = new Map<string, string>();
  for (const outcome of outcomes.filter(isObject).slice(-LATEST_OUTCOMES)) {
    const id = (stringAt(outcome, "recommendationId") ?? "").trim();
    if (id !== "") latest.set(id, (stringAt(outcome, "status") ?? "").trim().toLowerCase());
  }
  const closed = [...latest.values()].filter((status) => CLOSED.has(status)).length;
  return latest.size === 0 ? null : closed / latest.size;
}

function listAt(state: unknown, key: string): readonly unknown[] {
  const list = isObject(state) ? state[key] : null;
  return Array.isArray(list) ? list : [];
}
