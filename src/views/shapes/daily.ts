import type { IngestRow } from "./ingest.ts";
import type { Report } from "./report.ts";

export interface DailyRow {
  readonly ingest: IngestRow;
  readonly signals: { readonly friction: number; readonly delight: number };
  readonly clusters: number | null;
  readonly proposals: number | null;
  readonly report: Report;
  /** `all` on the first run, else the hours looked back. */
  readonly window: "all" | number;
  /** Stages that were not run, each with the reason. */
  readonly not_done: readonly { readonly stage: string; readonly reason: string }[];
}
