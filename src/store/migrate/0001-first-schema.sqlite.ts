/**
 * The first schema on SQLite. `n` is a stable row number for the word index (an implicit rowid may change on VACUUM).
 * The word index `words` holds both sources: message n stands at 2n, call n at 2n + 1; triggers keep it right.
 */
export const firstSchemaSqlite = `
create table sessions (
  id text primary key not null,
  source text not null,
  root_id text not null,
  parent_id text,
  forked_from_id text,
  cli_version text,
  originator text,
  model text,
  cwd text,
  git_commit text,
  git_branch text,
  git_url text,
  started_at text,
  last_at text,
  sample integer not null check (sample in (0, 1)),
  provenance text not null,
  redaction integer not null
) strict, without rowid;
create index sessions_by_last_at on sessions (last_at);

create table segments (
  session_id text not null,
  name text not null,
  path text not null,
  source text not null,
  lines integer not null check (lines >= 0),
  first_ordinal integer not null,
  primary key (session_id, name)
) strict, without rowid;
create index segments_by_name on segments (name);
create index segments_by_path on segments (path);

create table turns (
  session_id text not null,
  segment text not null,
  "offset" integer not null,
  line integer not null,
  turn_id text not null,
  ordinal integer,
  kind text not null,
  outcome text not null,
  error text,
  model text,
  approval_policy text,
  sandbox text,
  started_at text,
  ended_at text,
  duration_ms integer,
  primary key (session_id, segment, "offset", turn_id)
) strict, without rowid;

create table tool_calls (
  n integer primary key,
  session_id text not null,
  segment text not null,
  "offset" integer not null,
  line integer not null,
  call_id text not null,
  parent_call_id text,
  turn_id text,
  tool text not null,
  family text not null,
  input text not null,
  outcome text not null,
  exit_code integer,
  excerpt text not null,
  started_at text,
  ended_at text,
  duration_ms integer,
  sandboxed integer not null check (sandboxed in (0, 1)),
  escalated integer not null check (escalated in (0, 1)),
  changes text not null check (json_valid(changes)),
  end_line integer not null,
  unique (session_id, segment, "offset", call_id)
) strict;
create index tool_calls_by_started_at on tool_calls (started_at);

create table messages (
  n integer primary key,
  session_id text not null,
  segment text not null,
  "offset" integer not null,
  line integer not null,
  item integer not null,
  turn_id text,
  role text not null,
  text text not null,
  at text,
  unique (session_id, segment, "offset", item)
) strict;

create table token_usage (
  response_id text primary key not null,
  session_id text not null,
  segment text not null,
  "offset" integer not null,
  line integer not null,
  turn_id text,
  model text,
  input integer not null,
  cached_input integer not null,
  cache_write_input integer not null,
  output integer not null,
  reasoning integer not null,
  total integer not null,
  at text,
  provenance text not null
) strict, without rowid;
create index token_usage_by_session on token_usage (session_id, segment, "offset");
create index token_usage_by_at on token_usage (at);

create table marks (
  session_id text not null,
  segment text not null,
  "offset" integer not null,
  line integer not null,
  item integer not null,
  turn_id text,
  call_id text,
  kind text not null,
  detail text not null,
  count integer,
  at text,
  primary key (session_id, segment, "offset", item)
) strict, without rowid;

create table unreadable_lines (
  path text not null,
  "offset" integer not null,
  line integer not null,
  reason text not null,
  primary key (path, "offset")
) strict, without rowid;

create table ingest_cursors (
  path text primary key not null,
  size integer not null,
  mtime_ms real not null,
  inode text not null,
  "offset" integer not null,
  lines integer not null,
  prefix_hash text not null,
  parser_version integer not null,
  session_id text,
  segment text not null,
  state text not null
) strict;

create table signals (
  id text primary key not null,
  session_id text not null,
  category text not null,
  type text not null check (type in ('friction', 'delight')),
  severity real not null,
  turn_id text,
  call_id text,
  seq integer not null,
  description text not null,
  detector text not null,
  version integer not null,
  segment text not null,
  "offset" integer not null,
  line integer not null,
  redaction integer not null
) strict, without rowid;
create index signals_by_session on signals (session_id, seq);
create index signals_by_category on signals (category, session_id);

create table friction_costs (
  signal_id text primary key not null,
  session_id text not null,
  category text not null,
  family text not null,
  ended_by text not null,
  tokens integer not null,
  duration_ms integer not null,
  micro_dollars integer,
  responses integer not null,
  from_line integer not null,
  to_line integer not null
) strict, without rowid;
create index friction_costs_by_session on friction_costs (session_id);
create index friction_costs_by_family on friction_costs (category, family);

create table dirty_sessions (
  session_id text primary key not null,
  mark text not null
) strict, without rowid;

create table events (
  seq integer primary key autoincrement,
  id text not null unique,
  key text not null,
  type text not null,
  actor text not null,
  cause text,
  trace text,
  at text not null,
  simulated integer not null check (simulated in (0, 1)),
  payload text not null check (json_valid(payload))
) strict;
create index events_by_key on events (key, seq);
create index events_by_type on events (type, seq);
create trigger events_refuse_update before update on events
begin
  select raise(abort, 'events are append only');
end;
create trigger events_refuse_delete before delete on events
begin
  select raise(abort, 'events are append only');
end;

create table event_seals (
  n integer primary key,
  rows integer not null,
  hash text not null,
  previous text not null,
  sealed_at text not null
) strict;

create table consumer_cursors (
  consumer text primary key not null,
  position text not null,
  updated_at text not null
) strict;

create table jobs (
  id text primary key not null,
  queue text not null,
  key text not null,
  state text not null check (state in ('queued', 'active', 'succeeded', 'failed', 'cancelled', 'dead')),
  priority integer not null,
  run_at text not null,
  attempts integer not null,
  max_attempts integer not null,
  lease_until text,
  fence integer not null,
  worker text,
  payload text not null check (json_valid(payload)),
  result text check (result is null or json_valid(result)),
  error text,
  cancel_requested_at text,
  created_at text not null,
  started_at text,
  finished_at text
) strict;
create index jobs_queued on jobs (queue, priority desc, id) where state = 'queued';
create index jobs_active on jobs (lease_until) where state = 'active';
create unique index jobs_one_open_per_key on jobs (queue, key) where state in ('queued', 'active');

create table leases (
  name text primary key not null,
  holder text not null,
  address text,
  fence integer not null,
  expires_at text not null
) strict;

create table effects (
  id text primary key not null,
  kind text not null,
  want text not null check (json_valid(want)),
  status text not null check (status in ('wanted', 'verified', 'missing', 'unverifiable')),
  actor text not null,
  wanted_at text not null,
  observed_at text,
  simulated integer not null check (simulated in (0, 1))
) strict;
create index effects_by_status on effects (status, wanted_at);

create table store_facts (
  name text primary key not null,
  value text not null
) strict;

create table schema_migrations (
  version integer primary key,
  name text not null,
  checksum text not null,
  applied_at text not null,
  program_version text not null
) strict;

create virtual table words using fts5 (
  text, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 0'
);
create trigger messages_words_insert after insert on messages
begin
  insert into words (rowid, text) values (new.n * 2, substr(new.text, 1, 200000));
end;
create trigger messages_words_update after update of text on messages when old.text <> new.text
begin
  update words set text = substr(new.text, 1, 200000) where rowid = new.n * 2;
end;
create trigger messages_words_delete after delete on messages
begin
  delete from words where rowid = old.n * 2;
end;
create trigger tool_calls_words_insert after insert on tool_calls
begin
  insert into words (rowid, text) values (new.n * 2 + 1, substr(new.input, 1, 200000));
end;
create trigger tool_calls_words_update after update of input on tool_calls when old.input <> new.input
begin
  update words set text = substr(new.input, 1, 200000) where rowid = new.n * 2 + 1;
end;
create trigger tool_calls_words_delete after delete on tool_calls
begin
  delete from words where rowid = old.n * 2 + 1;
end;
`;
