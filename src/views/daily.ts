import type { Reader } from "../store/store.ts";
import { ingestRow, type IngestFacts } from "./ingest.ts";
import { learnedReport, type ReportQuery } from "./report.ts";
import type { DailyRow } from "./shapes/daily.ts";

/** What a daily run did. */
export interface DailyFacts {
  readonly tally: IngestFacts;
  readonly learned: { readonly friction: number; readonly delight: number };
  readonly window: "all" | number;
  readonly notDone: DailyRow["not_done"];
}

/** The run and the report over everything learned so far. */
export async function dailyRow(reader: Reader, facts: DailyFacts, query: ReportQuery): Promise<DailyRow> {
  return {
    ingest: ingestRow(facts.tally),
    signals: { friction: facts.learned.friction, delight: facts.learned.delight },
    clusters: null,
    proposals: null,
    report: await learnedReport(reader, query),
    window: facts.window,
    not_done: facts.notDone,
  };
}
