/** Every read of the page, by the name of the view it shows. Keys start with that name, so that events can say what is stale. */
import { queryOptions } from "@tanstack/react-query";
import type { AskedApproval } from "../../../src/views/shapes/approval.ts";
import type { IdeaDetail, IdeaRow } from "../../../src/views/shapes/idea.ts";
import type { Report } from "../../../src/views/shapes/report.ts";
import type { RunDetail, RunDiff, RunRow } from "../../../src/views/shapes/run.ts";
import type { SearchRow } from "../../../src/views/shapes/search.ts";
import type { SessionDetail, SessionRow } from "../../../src/views/shapes/session.ts";
import type { SignalRow } from "../../../src/views/shapes/signal.ts";
import type { UsageKey, UsageReport } from "../../../src/views/shapes/usage.ts";
import { read } from "./request.ts";

export type ViewName =
  | "ready"
  | "report"
  | "sessions"
  | "session"
  | "signals"
  | "usage"
  | "search"
  | "ideas"
  | "idea"
  | "runs"
  | "run"
  | "run_log"
  | "run_diff"
  | "approvals";

interface Ready {
  readonly ok: boolean;
  readonly sample_data: boolean;
}

/** Reads `path` under a key that begins with the view's name. */
function view<T>(name: ViewName, path: string) {
  return queryOptions({ queryKey: [name, path], queryFn: ({ signal }) => read<T>(path, signal) });
}

export const readyQuery = view<Ready>("ready", "readyz");
export const reportQuery = view<Report>("report", "api/report");
export const sessionsQuery = view<readonly SessionRow[]>("sessions", "api/sessions");
export const sessionQuery = (id: string) => view<SessionDetail>("session", `api/sessions/${encodeURIComponent(id)}`);
export const usageQuery = (by: UsageKey) => view<UsageReport>("usage", `api/usage?by=${by}`);
export const searchQuery = (text: string) =>
  view<readonly SearchRow[]>("search", `api/search?${new URLSearchParams({ text }).toString()}`);

export function signalsQuery(filter: {
  readonly session?: string | undefined;
  readonly category?: string | undefined;
}) {
  const asked = Object.entries(filter).filter(([, value]) => value !== undefined && value !== "");
  const search = new URLSearchParams(asked.map(([name, value]) => [name, value ?? ""]));
  return view<readonly SignalRow[]>("signals", asked.length === 0 ? "api/signals" : `api/signals?${search.toString()}`);
}

export const ideasQuery = view<readonly IdeaRow[]>("ideas", "api/ideas");
export const ideaQuery = (id: string) => view<IdeaDetail>("idea", `api/ideas/${encodeURIComponent(id)}`);
export const runsQuery = view<readonly RunRow[]>("runs", "api/runs");
export const runQuery = (id: string) => view<RunDetail>("run", `api/runs/${encodeURIComponent(id)}`);
export const runDiffQuery = (id: string) => view<RunDiff>("run_diff", `api/runs/${encodeURIComponent(id)}/diff`);
export const approvalsQuery = view<readonly AskedApproval[]>("approvals", "api/approvals");
