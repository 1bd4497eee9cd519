/**
 * The first schema on Postgres. Integers are bigint, times timestamptz, JSON columns `json` (which keeps their text);
 * ordered text is COLLATE "C", so both stores sort alike. `words` cuts text as SQLite's word index does, at everything
 * that is neither letter nor digit (left alone, Postgres would keep a path or an address as one word). `events.tx` is the transaction that wrote the row: see the dialect's `settled`.
 */
export const firstSchemaPostgres = `
create table sessions (
  id text collate "C" primary key not null,
  source text collate "C" not null,
  root_id text collate "C" not null,
  parent_id text collate "C",
  forked_from_id text collate "C",
  cli_version text collate "C",
  originator text collate "C",
  model text collate "C",
  cwd text collate "C",
  git_commit text collate "C",
  git_branch text collate "C",
  git_url text collate "C",
  started_at timestamptz,
  last_at timestamptz,
  sample bigint not null check (sample in (0, 1)),
  provenance text collate "C" not null,
  redaction bigint not null
);
create index sessions_by_last_at on sessions (last_at);

create table segments (
  session_id text collate "C" not null,
  name text collate "C" not null,
  path text collate "C" not null,
  source text collate "C" not null,
  lines bigint not null check (lines >= 0),
  first_ordinal bigint not null,
  primary key (session_id, name)
);
create index segments_by_name on segments (name);
create index segments_by_path on segments (path);

create table turns (
  session_id text collate "C" not null,
  segment text collate "C" not null,
  "offset" bigint not null,
  line bigint not null,
  turn_id text collate "C" not null,
  ordinal bigint,
  kind text collate "C" not null,
  outcome text collate "C" not null,
  error text collate "C",
  model text collate "C",
  approval_policy text collate "C",
  sandbox text collate "C",
  started_at timestamptz,
  ended_at timestamptz,
  duration_ms bigint,
  primary key (session_id, segment, "offset", turn_id)
);

create table tool_calls (
  session_id text collate "C" not null,
  segment text collate "C" not null,
  "offset" bigint not null,
  line bigint not null,
  call_id text collate "C" not null,
  parent_call_id text collate "C",
  turn_id text collate "C",
  tool text collate "C" not null,
  family text collate "C" not null,
  input text collate "C" not null,
  outcome text collate "C" not null,
  exit_code bigint,
  excerpt text collate "C" not null,
  started_at timestamptz,
  ended_at timestamptz,
  duration_ms bigint,
  sandboxed bigint not null check (sandboxed in (0, 1)),
  escalated bigint not null check (escalated in (0, 1)),
  changes json not null,
  end_line bigint not null,
  words tsvector generated always as (
    to_tsvector('simple', regexp_replace(left(input, 200000), '[\\u0001-\\u002f\\u003a-\\u0040\\u005b-\\u0060\\u007b-\\u007f]+', ' ', 'g'))
  ) stored,
  unique (session_id, segment, "offset", call_id)
);
create index tool_calls_words on tool_calls using gin (words);
create index tool_calls_by_started_at on tool_calls (started_at);

create table messages (
  session_id text collate "C" not null,
  segment text collate "C" not null,
  "offset" bigint not null,
  line bigint not null,
  item bigint not null,
  turn_id text collate "C",
  role text collate "C" not null,
  text text collate "C" not null,
  at timestamptz,
  words tsvector generated always as (
    to_tsvector('simple', regexp_replace(left(text, 200000), '[\\u0001-\\u002f\\u003a-\\u0040\\u005b-\\u0060\\u007b-\\u007f]+', ' ', 'g'))
  ) stored,
  unique (session_id, segment, "offset", item)
);
create index messages_words on messages using gin (words);

create table token_usage (
  response_id text collate "C" primary key not null,
  session_id text collate "C" not null,
  segment text collate "C" not null,
  "offset" bigint not null,
  line bigint not null,
  turn_id text collate "C",
  model text collate "C",
  input bigint not null,
  cached_input bigint not null,
  cache_write_input bigint not null,
  output bigint not null,
  reasoning bigint not null,
  total bigint not null,
  at timestamptz,
  provenance text collate "C" not null
);
create index token_usage_by_session on token_usage (session_id, segment, "offset");
create index token_usage_by_at on token_usage (at);

create table marks (
  session_id text collate "C" not null,
  segment text collate "C" not null,
  "offset" bigint not null,
  line bigint not null,
  item bigint not null,
  turn_id text collate "C",
  call_id text collate "C",
  kind text collate "C" not null,
  detail text collate "C" not null,
  count bigint,
  at timestamptz,
  primary key (session_id, segment, "offset", item)
);

create table unreadable_lines (
  path text collate "C" not null,
  "offset" bigint not null,
  line bigint not null,
  reason text collate "C" not null,
  primary key (path, "offset")
);

create table ingest_cursors (
  path text collate "C" primary key not null,
  size bigint not null,
  mtime_ms double precision not null,
  inode text collate "C" not null,
  "offset" bigint not null,
  lines bigint not null,
  prefix_hash text collate "C" not null,
  parser_version bigint not null,
  session_id text collate "C",
  segment text collate "C" not null,
  state text collate "C" not null
);

create table signals (
  id text collate "C" primary key not null,
  session_id text collate "C" not null,
  category text collate "C" not null,
  type text collate "C" not null check (type in ('friction', 'delight')),
  severity double precision not null,
  turn_id text collate "C",
  call_id text collate "C",
  seq bigint not null,
  description text collate "C" not null,
  detector text collate "C" not null,
  version bigint not null,
  segment text collate "C" not null,
  "offset" bigint not null,
  line bigint not null,
  redaction bigint not null
);
create index signals_by_session on signals (session_id, seq);
create index signals_by_category on signals (category, session_id);

create table friction_costs (
  signal_id text collate "C" primary key not null,
  session_id text collate "C" not null,
  category text collate "C" not null,
  family text collate "C" not null,
  ended_by text collate "C" not null,
  tokens bigint not null,
  duration_ms bigint not null,
  micro_dollars bigint,
  responses bigint not null,
  from_line bigint not null,
  to_line bigint not null
);
create index friction_costs_by_session on friction_costs (session_id);
create index friction_costs_by_family on friction_costs (category, family);

create table dirty_sessions (
  session_id text collate "C" primary key not null,
  mark text collate "C" not null
);

create table events (
  seq bigint generated by default as identity primary key,
  tx xid8 not null default pg_current_xact_id(),
  id text collate "C" not null unique,
  key text collate "C" not null,
  type text collate "C" not null,
  actor text collate "C" not null,
  cause text collate "C",
  trace text collate "C",
  at timestamptz not null,
  simulated bigint not null check (simulated in (0, 1)),
  payload json not null
);
create index events_in_order on events (tx, seq);
create index events_by_key on events (key, seq);
create index events_by_type on events (type, seq);
create function refuse_event_change() returns trigger language plpgsql as $body$
begin
  raise exception 'events are append only';
end
$body$;
create trigger events_refuse_change before update or delete on events
  for each row execute function refuse_event_change();
create trigger events_refuse_truncate before truncate on events
  for each statement execute function refuse_event_change();

create table event_seals (
  n bigint primary key,
  rows bigint not null,
  hash text collate "C" not null,
  previous text collate "C" not null,
  sealed_at timestamptz not null
);

create table consumer_cursors (
  consumer text collate "C" primary key not null,
  position text collate "C" not null,
  updated_at timestamptz not null
);

create table jobs (
  id text collate "C" primary key not null,
  queue text collate "C" not null,
  key text collate "C" not null,
  state text collate "C" not null check (state in ('queued', 'active', 'succeeded', 'failed', 'cancelled', 'dead')),
  priority bigint not null,
  run_at timestamptz not null,
  attempts bigint not null,
  max_attempts bigint not null,
  lease_until timestamptz,
  fence bigint not null,
  worker text collate "C",
  payload json not null,
  result json,
  error text collate "C",
  cancel_requested_at timestamptz,
  created_at timestamptz not null,
  started_at timestamptz,
  finished_at timestamptz
);
create index jobs_queued on jobs (queue, priority desc, id) where state = 'queued';
create index jobs_active on jobs (lease_until) where state = 'active';
create unique index jobs_one_open_per_key on jobs (queue, key) where state in ('queued', 'active');

create table leases (
  name text collate "C" primary key not null,
  holder text collate "C" not null,
  address text collate "C",
  fence bigint not null,
  expires_at timestamptz not null
);

create table effects (
  id text collate "C" primary key not null,
  kind text collate "C" not null,
  want json not null,
  status text collate "C" not null check (status in ('wanted', 'verified', 'missing', 'unverifiable')),
  actor text collate "C" not null,
  wanted_at timestamptz not null,
  observed_at timestamptz,
  simulated bigint not null check (simulated in (0, 1))
);
create index effects_by_status on effects (status, wanted_at);

create table store_facts (
  name text collate "C" primary key not null,
  value text collate "C" not null
);

create table schema_migrations (
  version bigint primary key,
  name text collate "C" not null,
  checksum text collate "C" not null,
  applied_at timestamptz not null,
  program_version text collate "C" not null
);
`;
