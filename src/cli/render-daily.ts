import type { DailyRow } from "../views/shapes/daily.ts";
import type { Output } from "./output.ts";
import { renderReport } from "./render-report.ts";
import { renderIngest } from "./render-rows.ts";

/** What the run did, what it did not do and why, and the report. */
export function renderDaily(row: DailyRow, output: Output): string {
  const window = row.window === "all" ? "everything (first run)" : `the last ${row.window} hours`;
  const done = `${output.style("bold", "Daily run")} over ${window}\n${renderIngest(row.ingest)}`;
  const left = row.not_done.map((stage) => `not done: ${stage.stage} (${stage.reason})`).join("\n");
  return [done, renderReport(row.report, output), left].filter((part) => part !== "").join("\n\n");
}
