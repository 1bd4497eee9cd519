import { learnedReport } from "../views/report.ts";
import type { RunFiles } from "../views/run-files.ts";
import { searchRows } from "../views/search.ts";
import { sessionDetail } from "../views/session.ts";
import { sessionRows } from "../views/sessions.ts";
import { signalRows } from "../views/signals.ts";
import { storedUsage } from "../views/stored-usage.ts";
import { askedApprovals } from "../views/asked-approvals.ts";
import { budgetRows } from "../views/budget-rows.ts";
import { ideaDetail } from "../views/idea.ts";
import { ideaRows } from "../views/ideas.ts";
import { kpiRows, type KpiQuery } from "../views/kpi.ts";
import { triageRows } from "../views/triage.ts";
import { runDetail } from "../views/run.ts";
import { runDiff, runLog } from "../views/run-files.ts";
import { runRows } from "../views/runs.ts";
import { instantOf } from "../model/time.ts";
import type { Clock } from "../kit/clock.ts";
import type { CapLimits } from "../model/cap.ts";
import type { Store } from "../store/store.ts";
import type { Reads } from "./api.ts";
import type { PriceOf } from "../policy/prices/price-of.ts";

export interface ReadsOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly minimumN: number;
  readonly priceOf: PriceOf;
  readonly runFiles: Pick<RunFiles, "files" | "logs">;
  readonly capLimits: CapLimits;
  /** What the gates of a day and a month are held against, micro-dollars. */
  readonly spending: Pick<KpiQuery, "dayMicroDollars" | "monthMicroDollars">;
}

const DAY_MS = 86_400_000;

const SEARCH_LIMIT = 50;
const CAPS_LIMIT = 100;

/** The views over one store, as the API wants them. */
export function readsOf(options: ReadsOptions): Reads {
  const { store, clock, minimumN, priceOf } = options;
  return {
    ...runReadsOf(options),
    kpi: ({ days }) =>
      store.read((reader) => kpiRows(reader, { now: clock.now(), days, minimumN, ...options.spending })),
    triage: ({ days }) => store.read((reader) => triageRows(reader, instantOf(clock.now() - days * DAY_MS))),
    sessions: ({ limit }) => store.read((reader) => sessionRows(reader, { now: clock.now(), limit })),
    session: (id) => store.read((reader) => sessionDetail(reader, { id, now: clock.now() })),
    signals: (query) => store.read((reader) => signalRows(reader, query)),
    report: () => store.read((reader) => learnedReport(reader, { now: clock.now(), minimumN })),
    usage: (query) => store.read((reader) => storedUsage(reader, { ...query, priceOf })),
    search: (text) => store.read((reader) => searchRows(reader, { text, limit: SEARCH_LIMIT })),
  };
}

function runReadsOf({
  store,
  clock,
  runFiles,
  capLimits,
}: ReadsOptions): Omit<Reads, "sessions" | "session" | "signals" | "report" | "usage" | "search" | "kpi" | "triage"> {
  const around = { store, ...runFiles };
  const pathOf = (sha256: string): string => runFiles.files.pathOf(sha256);
  return {
    ideas: ({ limit }) => store.read((reader) => ideaRows(reader, { limit, now: clock.now() })),
    idea: (id) => store.read((reader) => ideaDetail(reader, { id, now: clock.now() })),
    runs: ({ limit }) => store.read((reader) => runRows(reader, { limit, now: clock.now() })),
    run: (id) => store.read((reader) => runDetail(reader, { id, now: clock.now(), pathOf })),
    runLog: (id, after) => runLog(around, { id, after }),
    runDiff: (id) => runDiff(around, id),
    approvals: ({ all }) =>
      store.read((reader) =>
        askedApprovals(reader, { now: instantOf(clock.now()), ...(all ? {} : { state: "asked" as const }) }),
      ),
    budget: () =>
      store.read((reader) => budgetRows(reader, { limits: capLimits, now: instantOf(clock.now()), limit: CAPS_LIMIT })),
  };
}
