/**
 * What an export holds: every table but `schema_migrations` (the header names the schema), `leases` and `tokens` (they
 * belong to running processes). The types make sure that no table and no column is forgotten.
 */
import type { Schema } from "../schema.ts";
import type { ColumnKind } from "./column-kind.ts";
import { AGENT_RUN_TABLES } from "./agent-run-tables.ts";

export type ExportedTable = Exclude<keyof Schema, "schema_migrations" | "leases" | "tokens">;
/** Exported like any other table; events and cursors have places, which belong to one store. */
export type PlainTable = Exclude<ExportedTable, "events" | "consumer_cursors">;

type Columns<Name extends PlainTable> = { readonly [Column in keyof Schema[Name]]: ColumnKind };

const PLACE = { session_id: "key", segment: "key", offset: "number key", line: "number" } as const;

/** In the order of an export: what others refer to comes first. */
export const TABLES: { readonly [Name in PlainTable]: Columns<Name> } = {
  store_facts: { name: "key", value: "text" },
  sessions: {
    id: "key",
    source: "text",
    root_id: "text",
    parent_id: "text?",
    forked_from_id: "text?",
    cli_version: "text?",
    originator: "text?",
    model: "text?",
    cwd: "text?",
    git_commit: "text?",
    git_branch: "text?",
    git_url: "text?",
    started_at: "text?",
    last_at: "text?",
    sample: "number",
    provenance: "text",
    redaction: "number",
  },
  segments: {
    session_id: "key",
    name: "key",
    path: "text",
    source: "text",
    lines: "number",
    first_ordinal: "number",
  },
  turns: {
    ...PLACE,
    turn_id: "key",
    ordinal: "number?",
    kind: "text",
    outcome: "text",
    error: "text?",
    model: "text?",
    approval_policy: "text?",
    sandbox: "text?",
    started_at: "text?",
    ended_at: "text?",
    duration_ms: "number?",
  },
  tool_calls: {
    ...PLACE,
    call_id: "key",
    parent_call_id: "text?",
    turn_id: "text?",
    tool: "text",
    family: "text",
    input: "text",
    outcome: "text",
    exit_code: "number?",
    excerpt: "text",
    started_at: "text?",
    ended_at: "text?",
    duration_ms: "number?",
    sandboxed: "number",
    escalated: "number",
    changes: "text",
    end_line: "number",
  },
  messages: { ...PLACE, item: "number key", turn_id: "text?", role: "text", text: "text", at: "text?" },
  token_usage: {
    response_id: "key",
    session_id: "text",
    segment: "text",
    offset: "number",
    line: "number",
    turn_id: "text?",
    model: "text?",
    input: "number",
    cached_input: "number",
    cache_write_input: "number",
    output: "number",
    reasoning: "number",
    total: "number",
    at: "text?",
    provenance: "text",
  },
  marks: {
    ...PLACE,
    item: "number key",
    turn_id: "text?",
    call_id: "text?",
    kind: "text",
    detail: "text",
    count: "number?",
    at: "text?",
  },
  unreadable_lines: { path: "key", offset: "number key", line: "number", reason: "text" },
  ingest_cursors: {
    path: "key",
    size: "number",
    mtime_ms: "number",
    inode: "text",
    offset: "number",
    lines: "number",
    prefix_hash: "text",
    parser_version: "number",
    session_id: "text?",
    segment: "text",
    state: "text",
  },
  signals: {
    id: "key",
    session_id: "text",
    category: "text",
    type: "text",
    severity: "number",
    turn_id: "text?",
    call_id: "text?",
    seq: "number",
    description: "text",
    detector: "text",
    version: "number",
    segment: "text",
    offset: "number",
    line: "number",
    redaction: "number",
  },
  friction_costs: {
    signal_id: "key",
    session_id: "text",
    category: "text",
    family: "text",
    ended_by: "text",
    tokens: "number",
    duration_ms: "number",
    micro_dollars: "number?",
    responses: "number",
    from_line: "number",
    to_line: "number",
  },
  dirty_sessions: { session_id: "key", mark: "text" },
  jobs: {
    id: "key",
    queue: "text",
    key: "text",
    state: "text",
    priority: "number",
    run_at: "text",
    attempts: "number",
    max_attempts: "number",
    lease_until: "text?",
    fence: "number",
    worker: "text?",
    payload: "text",
    result: "text?",
    error: "text?",
    cancel_requested_at: "text?",
    created_at: "text",
    started_at: "text?",
    finished_at: "text?",
  },
  effects: {
    id: "key",
    kind: "text",
    want: "text",
    status: "text",
    actor: "text",
    wanted_at: "text",
    observed_at: "text?",
    simulated: "number",
  },
  ...AGENT_RUN_TABLES,
  event_seals: { n: "number key", rows: "number", hash: "text", previous: "text", sealed_at: "text" },
};

/** A table's columns with their kinds, as plain data. */
export type TableShape = Readonly<Record<string, ColumnKind>>;

export const EVENTS_SHAPE: TableShape = {
  id: "text",
  key: "text",
  type: "text",
  actor: "text",
  cause: "text?",
  trace: "text?",
  at: "text",
  simulated: "number",
  payload: "text",
};

/** `read`: how many events of the log the consumer has read, in reading order. */
export const CURSORS_SHAPE: TableShape = { consumer: "key", read: "number", updated_at: "text" };

export const PLAIN_TABLES: readonly PlainTable[] = Object.keys(TABLES) as PlainTable[];

export function keysOf(shape: TableShape): readonly string[] {
  return Object.keys(shape).filter((column) => shape[column]?.endsWith("key"));
}
