import type { Provenance } from "../../model/provenance.ts";

export type UsageKey = "day" | "session" | "model";

/** Tokens and money of one day, session or model. `usd` is `null` when any part has no known price. */
export interface UsageRow {
  readonly key: string;
  readonly total: number;
  readonly input: number;
  readonly cached_input: number;
  readonly output: number;
  readonly reasoning: number;
  readonly usd: number | null;
  readonly provenance: Provenance;
  /** Model responses counted. */
  readonly responses: number;
}

/** The sum of all rows; tokens are `null` where recordings were found and none of them holds any count. */
export interface UsageTotals {
  readonly total: number | null;
  readonly input: number | null;
  readonly cached_input: number | null;
  readonly output: number | null;
  readonly reasoning: number | null;
  readonly usd: number | null;
  readonly provenance: Provenance;
  readonly responses: number;
}

export interface UsageReport {
  readonly by: UsageKey;
  readonly rows: readonly UsageRow[];
  readonly totals: UsageTotals;
  /** Models without a price row. */
  readonly unpriced_models: readonly string[];
  /** Recordings that hold no token counts at all (Codex 0.27). */
  readonly sessions_without_tokens: number;
  readonly unreadable: number;
}
