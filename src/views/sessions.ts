import type { Instant } from "../model/time.ts";
import { instantOf } from "../model/time.ts";
import type { TokenTotal } from "../model/tokens.ts";
import { listSessions } from "../store/sessions/list-sessions.ts";
import type { SessionSummary } from "../store/sessions/summarize-sessions.ts";
import type { Reader } from "../store/store.ts";
import type { GitFacts, SessionRow, Tokens } from "./shapes/session.ts";

export interface SessionsQuery {
  /** Milliseconds since the epoch: tells running sessions from unfinished ones. */
  readonly now: number;
  readonly limit: number | null;
  readonly since?: Instant;
}

/** Sessions, the latest first. */
export async function sessionRows(reader: Reader, query: SessionsQuery): Promise<readonly SessionRow[]> {
  const now = instantOf(query.now);
  const limit = query.limit === null ? {} : { limit: query.limit };
  const since = query.since === undefined ? {} : { since: query.since };
  return (await listSessions(reader, { now, ...limit, ...since })).map(sessionRow);
}

export function sessionRow(summary: SessionSummary): SessionRow {
  const { session, outcome } = summary;
  return {
    id: session.id,
    source: session.source,
    cli_version: session.cliVersion,
    model: session.model,
    started_at: session.startedAt,
    ended_at: outcome === "running" ? null : session.lastAt,
    outcome,
    turn_count: summary.turns,
    tool_call_count: summary.calls,
    friction_count: summary.friction,
    delight_count: summary.delight,
    tokens: tokensOf(summary.tokens),
    parent_id: session.parentId,
    forked_from_id: session.forkedFromId,
    cwd: session.cwd,
    git: gitOf(summary),
    title: summary.title,
    sample: session.sample,
  };
}

/** No row of usage means unknown, never zero. */
export function tokensOf(total: TokenTotal | null): Tokens {
  if (total === null)
    return { total: null, input: null, cached_input: null, output: null, reasoning: null, provenance: "measured" };
  const { input, cachedInput, output, reasoning, provenance } = total;
  return { total: total.total, input, cached_input: cachedInput, output, reasoning, provenance };
}

function gitOf({ session }: SessionSummary): GitFacts | null {
  const { gitCommit: commit, gitBranch: branch, gitUrl: url } = session;
  return commit === null && branch === null && url === null ? null : { commit, branch, url };
}
