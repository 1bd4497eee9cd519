import type { Insertable, Selectable } from "kysely";
import { idOf, type SessionId } from "../../model/ids.ts";
import type { Provenance } from "../../model/provenance.ts";
import type { Redacted } from "../../model/redacted.ts";
import type { Instant } from "../../model/time.ts";
import type { Segment, Session, TraceSource } from "../../model/trace.ts";
import { bit } from "../put-rows.ts";
import type { SegmentsTable, SessionsTable } from "../schema.ts";

export function sessionRow(session: Session, redaction: number): Insertable<SessionsTable> {
  return {
    id: session.id,
    source: session.source,
    root_id: session.rootId,
    parent_id: session.parentId,
    forked_from_id: session.forkedFromId,
    cli_version: session.cliVersion,
    originator: session.originator,
    model: session.model,
    cwd: session.cwd,
    git_commit: session.gitCommit,
    git_branch: session.gitBranch,
    git_url: session.gitUrl,
    started_at: session.startedAt,
    last_at: session.lastAt,
    sample: bit(session.sample),
    provenance: session.provenance,
    redaction,
  };
}

/** A row as the model knows it; the casts hold because `sessionRow` wrote it, from redacted text. */
export function sessionOf(row: Selectable<SessionsTable>): Session {
  return {
    id: idOf.session(row.id),
    source: row.source as TraceSource,
    rootId: idOf.session(row.root_id),
    parentId: sessionIdOf(row.parent_id),
    forkedFromId: sessionIdOf(row.forked_from_id),
    cliVersion: row.cli_version as Redacted | null,
    originator: row.originator as Redacted | null,
    model: row.model as Redacted | null,
    cwd: row.cwd as Redacted | null,
    gitCommit: row.git_commit as Redacted | null,
    gitBranch: row.git_branch as Redacted | null,
    gitUrl: row.git_url as Redacted | null,
    startedAt: row.started_at as Instant | null,
    lastAt: row.last_at as Instant | null,
    sample: row.sample === 1,
    provenance: row.provenance as Provenance,
  };
}

function sessionIdOf(text: string | null): SessionId | null {
  return text === null ? null : idOf.session(text);
}

export function segmentRow(segment: Segment): Insertable<SegmentsTable> {
  return {
    session_id: segment.sessionId,
    name: segment.name,
    path: segment.path,
    source: segment.source,
    lines: segment.lines,
    first_ordinal: segment.firstOrdinal,
  };
}

export function segmentOf(row: Selectable<SegmentsTable>): Segment {
  return {
    sessionId: idOf.session(row.session_id),
    name: idOf.segment(row.name),
    path: row.path,
    source: row.source as TraceSource,
    lines: row.lines,
    firstOrdinal: row.first_ordinal,
  };
}
