/** The reads of the command line over HTTP: same views, same fields. */
import { Hono, type Context } from "hono";
import type { z } from "zod";
import type { Result } from "../kit/result.ts";
import type { Failure } from "../model/failure.ts";
import type { Report } from "../views/shapes/report.ts";
import type { SessionDetail, SessionRow } from "../views/shapes/session.ts";
import type { SearchRow } from "../views/shapes/search.ts";
import type { SignalRow } from "../views/shapes/signal.ts";
import type { UsageKey, UsageReport } from "../views/shapes/usage.ts";
import { refuse } from "./http-failure.ts";
import { parseQuery, searchQuery, sessionsQuery, signalsQuery, usageQuery } from "./queries.ts";

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
}

/** What the operator can start. */
export interface Writes {
  /** Reads the Codex home again and computes signals; settles when it is done. */
  readonly ingest: () => Promise<Result<{ readonly files: number }, Failure>>;
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
  return routes;
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
