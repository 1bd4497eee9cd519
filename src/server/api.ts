/** The reads of the command line over HTTP: same views, same fields. */
import { Hono, type Context } from "hono";
import type { z } from "zod";
import type { Result } from "../kit/result.ts";
import type { Failure } from "../model/failure.ts";
import type { AskedApproval } from "../views/shapes/approval.ts";
import type { BudgetRow } from "../views/shapes/budget.ts";
import type { IdeaDetail, IdeaRow } from "../views/shapes/idea.ts";
import type { KpiRow } from "../views/shapes/kpi.ts";
import type { Report } from "../views/shapes/report.ts";
import type { RunDetail, RunDiff, RunLog, RunRow } from "../views/shapes/run.ts";
import type { SessionDetail, SessionRow } from "../views/shapes/session.ts";
import type { SearchRow } from "../views/shapes/search.ts";
import type { SignalRow } from "../views/shapes/signal.ts";
import type { TriageRow } from "../views/shapes/triage.ts";
import type { UsageKey, UsageReport } from "../views/shapes/usage.ts";
import { refuse } from "./http-failure.ts";
import {
  approvalsQuery,
  daysQuery,
  listQuery,
  logQuery,
  parseQuery,
  searchQuery,
  sessionsQuery,
  signalsQuery,
  usageQuery,
} from "./queries.ts";
import { wordsOf, type OperatorWords } from "./words.ts";

/** What the API reads; each is the view that the command of the same name prints. */
export interface Reads {
  readonly sessions: (query: { readonly limit: number | null }) => Promise<readonly SessionRow[]>;
  readonly session: (id: string) => Promise<Result<SessionDetail, Failure>>;
  readonly signals: (query: {
    readonly session: string | null;
    readonly category: string | null;
  }) => Promise<readonly SignalRow[]>;
  readonly report: () => Promise<Report>;
  readonly usage: (query: { readonly by: UsageKey }) => Promise<UsageReport>;
  readonly search: (text: string) => Promise<readonly SearchRow[]>;
  readonly ideas: (query: { readonly limit: number }) => Promise<readonly IdeaRow[]>;
  readonly idea: (id: string) => Promise<Result<IdeaDetail, Failure>>;
  readonly runs: (query: { readonly limit: number }) => Promise<readonly RunRow[]>;
  readonly run: (id: string) => Promise<Result<RunDetail, Failure>>;
  readonly runLog: (id: string, after: number) => Promise<Result<RunLog, Failure>>;
  readonly runDiff: (id: string) => Promise<Result<RunDiff, Failure>>;
  readonly approvals: (query: { readonly all: boolean }) => Promise<readonly AskedApproval[]>;
  readonly budget: () => Promise<readonly BudgetRow[]>;
  readonly kpi: (query: { readonly days: number }) => Promise<readonly KpiRow[]>;
  readonly triage: (query: { readonly days: number }) => Promise<readonly TriageRow[]>;
}

/** What an act leaves behind. */
export interface Acted {
  readonly id: string;
  readonly state: string;
}

/** What the operator can start, hold, end and decide. */
export interface Writes {
  /** Reads the Codex home again and computes signals; settles when it is done. */
  readonly ingest: () => Promise<Result<{ readonly files: number }, Failure>>;
  readonly grant: (id: string, words: OperatorWords) => Promise<Result<Acted, Failure>>;
  /** A denial without a reason is refused. */
  readonly deny: (id: string, words: OperatorWords) => Promise<Result<Acted, Failure>>;
  readonly cancelRun: (id: string) => Promise<Result<Acted, Failure>>;
  readonly pauseIdea: (id: string) => Promise<Result<Acted, Failure>>;
  readonly resumeIdea: (id: string) => Promise<Result<Acted, Failure>>;
  readonly cancelIdea: (id: string) => Promise<Result<Acted, Failure>>;
  readonly approveIdea: (id: string, words: OperatorWords) => Promise<Result<Acted, Failure>>;
}

export function api(reads: Reads, writes: Writes): Hono {
  const routes = new Hono();
  routes.get("/sessions", (context) => asked(context, sessionsQuery, (query) => reads.sessions(query)));
  routes.get("/sessions/:id", async (context) => answer(context, await reads.session(context.req.param("id"))));
  routes.get("/signals", (context) => asked(context, signalsQuery, (query) => reads.signals(query)));
  routes.get("/report", async (context) => context.json(await reads.report()));
  routes.get("/usage", (context) => asked(context, usageQuery, (query) => reads.usage(query)));
  routes.get("/search", (context) => asked(context, searchQuery, ({ text }) => reads.search(text)));
  routes.post("/ingest", async (context) => answer(context, await writes.ingest()));
  runReads(routes, reads);
  runWrites(routes, writes);
  return routes;
}

/** Ideas, their runs, what they ask and what they cost. */
function runReads(routes: Hono, reads: Reads): void {
  routes.get("/ideas", (context) => asked(context, listQuery, (query) => reads.ideas(query)));
  routes.get("/ideas/:id", async (context) => answer(context, await reads.idea(context.req.param("id"))));
  routes.get("/runs", (context) => asked(context, listQuery, (query) => reads.runs(query)));
  routes.get("/runs/:id", async (context) => answer(context, await reads.run(context.req.param("id"))));
  routes.get("/runs/:id/diff", async (context) => answer(context, await reads.runDiff(context.req.param("id"))));
  routes.get("/runs/:id/log", async (context) => {
    const query = parseQuery(logQuery, context.req.query());
    if (!query.ok) return refuse(context, query.failure);
    return answer(context, await reads.runLog(context.req.param("id"), query.value.after));
  });
  routes.get("/approvals", (context) => asked(context, approvalsQuery, (query) => reads.approvals(query)));
  routes.get("/kpi", (context) => asked(context, daysQuery, (query) => reads.kpi(query)));
  routes.get("/triage", (context) => asked(context, daysQuery, (query) => reads.triage(query)));
  routes.get("/budget", async (context) => context.json(await reads.budget()));
}

/** Each of them has passed the operator's guard: see `operatorOnlyWrites`. */
function runWrites(routes: Hono, writes: Writes): void {
  const decide = (act: Writes["grant"]) => async (context: Context) => {
    const words = await wordsOf(context);
    return words.ok
      ? answer(context, await act(context.req.param("id") ?? "", words.value))
      : refuse(context, words.failure);
  };
  const act = (perform: Writes["cancelRun"]) => async (context: Context) =>
    answer(context, await perform(context.req.param("id") ?? ""));
  routes.post("/approvals/:id/grant", decide(writes.grant));
  routes.post("/approvals/:id/deny", decide(writes.deny));
  routes.post("/runs/:id/cancel", act(writes.cancelRun));
  routes.post("/ideas/:id/pause", act(writes.pauseIdea));
  routes.post("/ideas/:id/resume", act(writes.resumeIdea));
  routes.post("/ideas/:id/cancel", act(writes.cancelIdea));
  routes.post("/ideas/:id/approve", decide(writes.approveIdea));
}

/** Answers a well-formed question, refuses any other. */
async function asked<Query, T>(
  context: Context,
  schema: z.ZodType<Query>,
  read: (query: Query) => Promise<T>,
): Promise<Response> {
  const query = parseQuery(schema, context.req.query());
  return query.ok ? context.json(await read(query.value)) : refuse(context, query.failure);
}

function answer<T>(context: Context, result: Result<T, Failure>): Response {
  return result.ok ? context.json(result.value) : refuse(context, result.failure);
}
