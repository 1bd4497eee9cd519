import type { CapUnit } from "../../model/cap.ts";
import type { Provenance } from "../../model/provenance.ts";

/** One limit and how much of it is spoken for. Amounts are in the unit; `usd` in dollars. */
export interface BudgetRow {
  /** `attempt/ID`, `task/ID`, `idea/ID`, `day/2026-11-21` or `month/2026-11`. */
  readonly scope: string;
  readonly unit: CapUnit;
  /** `null`: no limit. */
  readonly cap: number | null;
  readonly reserved: number;
  readonly spent: number;
  /** Settled entries whose amount nobody knows: `spent` is then the least it can be. */
  readonly unknown: number;
  readonly provenance: Provenance;
}

/** What a run is limited in. Money, tokens and responses are counted by the gateway, the others by the runner. */
export type MeterUnit = "usd" | "tokens" | "responses" | "minutes" | "turns" | "tool_calls";

/** One cap of a run with what it has used; `spent` is `null` while nothing has been counted. */
export interface MeterRow {
  readonly unit: MeterUnit;
  readonly cap: number | null;
  readonly reserved: number;
  readonly spent: number | null;
  readonly unknown: number;
  readonly provenance: Provenance;
}
