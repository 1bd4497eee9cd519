import type { SessionTrace, Turn } from "../../../model/trace.ts";

/** Codex's words for "the money or the allowance is gone". */
const BUDGET_WORDS: ReadonlySet<string> = new Set([
  "usage_limit_exceeded",
  "usage_limit_reached",
  "session_budget_exceeded",
  "rollout_budget_exceeded",
  "insufficient_quota",
  "quota_exceeded",
]);

/** Failed turns, split by whether a budget or anything else ended them. */
export function failedTurns(trace: SessionTrace, why: "budget" | "model"): readonly Turn[] {
  return trace.turns.filter((turn) => turn.outcome === "failed" && isBudget(turn.error) === (why === "budget"));
}

/** Versions spell the word in camel and in snake case; exec streams and spines have only the provider's sentence. */
function isBudget(error: string | null): boolean {
  if (error === null) return false;
  return BUDGET_WORDS.has(error.replaceAll(/([a-z])([A-Z])/g, "$1_$2").toLowerCase()) || BUDGET_SENTENCE.test(error);
}

const BUDGET_SENTENCE =
  /\b(?:quota exceeded|exceeded (?:your|the) (?:current )?quota|(?:usage limit|budget) (?:reached|exceeded|exhausted)|hit your usage limit)\b/i;
