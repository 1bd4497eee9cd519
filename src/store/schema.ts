/**
 * Every table as Kysely sees it, the same on both dialects. Times are ISO text on SQLite and `timestamptz` on Postgres
 * (read back as the same ISO text); booleans are 0/1; JSON columns are text that the acts encode and decode.
 */
import type { Generated } from "kysely";
import type { ControlTables } from "./control-tables.ts";
import type { DeliveryTables } from "./delivery-tables.ts";

/**
 * Where a trace row came from. Rows of one line are told apart by their own id (turns, calls) or by `item`, their ordinal
 * on the line (messages, marks), so reading a line again writes the same rows.
 */
interface PlaceColumns {
  session_id: string;
  segment: string;
  offset: number;
  line: number;
}

export interface SessionsTable {
  id: string;
  source: string;
  root_id: string;
  parent_id: string | null;
  forked_from_id: string | null;
  cli_version: string | null;
  originator: string | null;
  model: string | null;
  cwd: string | null;
  git_commit: string | null;
  git_branch: string | null;
  git_url: string | null;
  started_at: string | null;
  last_at: string | null;
  sample: number;
  provenance: string;
  /** Version of the redaction rules that made this row's text. */
  redaction: number;
}

/** One file of a session. `lines` grows with the file; the order of segments is (first_ordinal, name). */
export interface SegmentsTable {
  session_id: string;
  name: string;
  path: string;
  source: string;
  lines: number;
  first_ordinal: number;
}

export interface TurnsTable extends PlaceColumns {
  turn_id: string;
  /** Ordinal of the turn's first line; null before 0.149. A later segment that starts at or below it took the turn back. */
  ordinal: number | null;
  kind: string;
  outcome: string;
  error: string | null;
  model: string | null;
  approval_policy: string | null;
  sandbox: string | null;
  started_at: string | null;
  ended_at: string | null;
  duration_ms: number | null;
}

export interface ToolCallsTable extends PlaceColumns {
  call_id: string;
  parent_call_id: string | null;
  turn_id: string | null;
  tool: string;
  family: string;
  input: string;
  outcome: string;
  exit_code: number | null;
  excerpt: string;
  started_at: string | null;
  ended_at: string | null;
  duration_ms: number | null;
  sandboxed: number;
  escalated: number;
  /** JSON array of `FileChange`. */
  changes: string;
  end_line: number;
}

export interface MessagesTable extends PlaceColumns {
  item: number;
  turn_id: string | null;
  role: string;
  text: string;
  at: string | null;
}

export interface TokenUsageTable extends PlaceColumns {
  response_id: string;
  turn_id: string | null;
  model: string | null;
  input: number;
  cached_input: number;
  cache_write_input: number;
  output: number;
  reasoning: number;
  total: number;
  at: string | null;
  provenance: string;
}

export interface MarksTable extends PlaceColumns {
  item: number;
  turn_id: string | null;
  call_id: string | null;
  kind: string;
  detail: string;
  count: number | null;
  at: string | null;
}

export interface UnreadableLinesTable {
  path: string;
  offset: number;
  line: number;
  reason: string;
}

/** How far a file has been read. `state` is the fold's checkpoint, so that a growing file goes on where it stopped. */
export interface IngestCursorsTable {
  path: string;
  /** Bytes on disk, modification time (ms) and inode when the file was last read. */
  size: number;
  mtime_ms: number;
  inode: string;
  /** Decompressed bytes and lines read so far. */
  offset: number;
  lines: number;
  prefix_hash: string;
  parser_version: number;
  session_id: string | null;
  segment: string;
  state: string;
}

export interface SignalsTable {
  id: string;
  session_id: string;
  category: string;
  type: string;
  severity: number;
  turn_id: string | null;
  call_id: string | null;
  seq: number;
  description: string;
  detector: string;
  version: number;
  segment: string;
  offset: number;
  line: number;
  redaction: number;
}

/** The price of one stretch between a failure and its recovery. Measured numbers only. */
export interface FrictionCostsTable {
  signal_id: string;
  session_id: string;
  category: string;
  family: string;
  /** `recovered`: the family succeeded again · `turn_ended`: it never did. */
  ended_by: string;
  tokens: number;
  duration_ms: number;
  /** Micro-dollars; null when a price is unknown. */
  micro_dollars: number | null;
  responses: number;
  from_line: number;
  to_line: number;
}

/** Sessions whose rows changed since their signals were computed. */
export interface DirtySessionsTable {
  session_id: string;
  /** Another one each time rows change, so that work on older rows does not clear a newer mark. */
  mark: string;
}

export interface EventsTable {
  seq: Generated<number>;
  id: string;
  key: string;
  type: string;
  actor: string;
  cause: string | null;
  trace: string | null;
  at: string;
  simulated: number;
  payload: string;
}

export interface EventSealsTable {
  n: number;
  /** Rows sealed up to and including this one. */
  rows: number;
  hash: string;
  previous: string;
  sealed_at: string;
}

export interface ConsumerCursorsTable {
  consumer: string;
  position: string;
  updated_at: string;
}

export interface JobsTable {
  id: string;
  queue: string;
  key: string;
  state: string;
  priority: number;
  run_at: string;
  attempts: number;
  max_attempts: number;
  lease_until: string | null;
  fence: number;
  worker: string | null;
  payload: string;
  result: string | null;
  error: string | null;
  cancel_requested_at: string | null;
  created_at: string;
  started_at: string | null;
  finished_at: string | null;
}

export interface LeasesTable {
  name: string;
  holder: string;
  address: string | null;
  fence: number;
  expires_at: string;
}

export interface EffectsTable {
  id: string;
  kind: string;
  /** JSON of `Want`. */
  want: string;
  status: string;
  actor: string;
  wanted_at: string;
  observed_at: string | null;
  simulated: number;
}

/** Small facts about the store itself: `created_at`, `sample`, `last_daily_at`. */
export interface StoreFactsTable {
  name: string;
  value: string;
}

export interface SchemaMigrationsTable {
  version: number;
  name: string;
  checksum: string;
  applied_at: string;
  program_version: string;
}

export interface Schema extends DeliveryTables, ControlTables {
  sessions: SessionsTable;
  segments: SegmentsTable;
  turns: TurnsTable;
  tool_calls: ToolCallsTable;
  messages: MessagesTable;
  token_usage: TokenUsageTable;
  marks: MarksTable;
  unreadable_lines: UnreadableLinesTable;
  ingest_cursors: IngestCursorsTable;
  signals: SignalsTable;
  friction_costs: FrictionCostsTable;
  dirty_sessions: DirtySessionsTable;
  events: EventsTable;
  event_seals: EventSealsTable;
  consumer_cursors: ConsumerCursorsTable;
  jobs: JobsTable;
  leases: LeasesTable;
  effects: EffectsTable;
  store_facts: StoreFactsTable;
  schema_migrations: SchemaMigrationsTable;
}
