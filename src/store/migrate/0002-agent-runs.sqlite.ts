/** Ideas, tasks, attempts and what holds them back: the tables of running agents. */
export const agentRunsSqlite: string = `
create table ideas (
  id text primary key not null,
  title text not null,
  spec text not null,
  goal text not null,
  risk text,
  labels text not null check (json_valid(labels)),
  repository text not null,
  target_branch text not null,
  agent text not null,
  script text check (script is null or json_valid(script)),
  caps text not null check (json_valid(caps)),
  state text not null,
  state_before text,
  reason text,
  detail text,
  origin text not null,
  spec_hash text not null,
  simulated integer not null check (simulated in (0, 1)),
  created_at text not null,
  updated_at text not null
) strict;
create index ideas_by_state on ideas (state, created_at);

create table plans (
  id text primary key not null,
  idea_id text not null,
  source text not null,
  hash text not null,
  created_at text not null
) strict;
create index plans_by_idea on plans (idea_id);

create table tasks (
  id text primary key not null,
  idea_id text not null,
  plan_id text not null,
  number integer not null,
  title text not null,
  brief text not null,
  state text not null,
  reason text,
  detail text,
  fence integer not null,
  head text,
  signal_at text not null,
  not_before text,
  created_at text not null,
  updated_at text not null
) strict;
create unique index tasks_of_idea on tasks (idea_id, number);
create index tasks_by_state on tasks (state, created_at);

create table task_dependencies (
  task_id text not null,
  needs_id text not null,
  primary key (task_id, needs_id)
) strict;

create table attempts (
  id text primary key not null,
  idea_id text not null,
  task_id text not null,
  number integer not null,
  role text not null,
  agent text not null,
  model text,
  state text not null check (state in ('queued', 'running', 'verifying', 'ended')),
  outcome text check (outcome is null or outcome in ('succeeded', 'failed', 'capped', 'cancelled', 'lost')),
  failure_code text,
  failure_detail text,
  signature text,
  fence integer not null,
  dispatcher text,
  holder text,
  lease_until text,
  deadline text,
  base text not null,
  head text,
  role_hash text not null,
  prompt_hash text not null,
  "order" text not null check (json_valid("order")),
  stop text check (stop is null or stop in ('safe', 'now')),
  stop_reason text,
  session_id text,
  turns integer,
  tool_calls integer,
  keep integer not null check (keep in (0, 1)),
  simulated integer not null check (simulated in (0, 1)),
  queued_at text not null,
  started_at text,
  ended_at text
) strict;
create unique index attempts_of_task on attempts (task_id, number);
create index attempts_by_time on attempts (queued_at, id);
create index attempts_by_idea on attempts (idea_id, queued_at);
create index attempts_open on attempts (state, lease_until) where state <> 'ended';
create index attempts_by_end on attempts (ended_at);
create index attempts_by_session on attempts (session_id);

create table checks (
  attempt_id text not null,
  number integer not null,
  name text not null,
  command text not null check (json_valid(command)),
  passed integer not null check (passed in (0, 1)),
  exit_code integer,
  timed_out integer not null check (timed_out in (0, 1)),
  seconds real not null,
  output_sha256 text,
  ran_at text not null,
  primary key (attempt_id, number)
) strict;

create table artifacts (
  attempt_id text not null,
  name text not null,
  sha256 text,
  bytes integer,
  absent text,
  redaction integer not null,
  stored_at text not null,
  primary key (attempt_id, name)
) strict;
create index artifacts_by_hash on artifacts (sha256);

create table changes (
  id text primary key not null,
  idea_id text not null,
  task_id text not null,
  attempt_id text not null,
  repository text not null,
  branch text not null,
  target_branch text not null,
  base text not null,
  head text not null,
  files integer not null,
  lines integer not null,
  diff_sha256 text not null,
  state text not null check (state in ('local', 'proposed', 'merged', 'landed', 'reverted')),
  simulated integer not null check (simulated in (0, 1)),
  created_at text not null,
  updated_at text not null
) strict;
create unique index changes_by_attempt on changes (attempt_id);
create index changes_by_idea on changes (idea_id);

create table approvals (
  id text primary key not null,
  idea_id text not null,
  task_id text not null,
  attempt_id text not null,
  action text not null check (action in ('command', 'patch', 'permissions', 'input', 'change')),
  subject text not null,
  reason text not null,
  content_hash text not null,
  head text,
  rule text,
  call_id text,
  state text not null check (state in ('asked', 'granted', 'denied', 'expired', 'void')),
  decided_by text,
  decided_reason text,
  answer text check (answer is null or json_valid(answer)),
  asked_at text not null,
  expires_at text not null,
  decided_at text
) strict;
create index approvals_by_state on approvals (state, asked_at);
create unique index approvals_of_attempt on approvals (attempt_id, content_hash);

create table controls (
  scope text primary key not null,
  word text not null check (word in ('paused', 'stopped')),
  reason text not null,
  actor text not null,
  at text not null
) strict;

create table tokens (
  hash text primary key not null,
  use text not null check (use in ('gateway', 'host')),
  attempt_id text not null,
  fence integer not null,
  expires_at text not null,
  revoked_at text
) strict;
create index tokens_by_attempt on tokens (attempt_id);

create table caps (
  scope text not null,
  unit text not null check (unit in ('usd', 'tokens', 'responses', 'sessions')),
  cap integer,
  extended integer not null,
  reserved integer not null,
  spent integer not null,
  unknown integer not null,
  provenance text not null,
  updated_at text not null,
  primary key (scope, unit)
) strict;
create index caps_by_change on caps (updated_at);

create table ledger (
  id text primary key not null,
  attempt_id text not null,
  idea_id text not null,
  payer text not null,
  kind text not null check (kind in ('attempt', 'request')),
  state text not null check (state in ('reserved', 'settled', 'released', 'refused')),
  role text not null,
  model text,
  request_kind text,
  thread_id text,
  response_id text,
  reserved_tokens integer not null,
  reserved_usd integer,
  input integer,
  cached_input integer,
  output integer,
  reasoning integer,
  total integer,
  usd integer,
  status integer,
  error text,
  provenance text not null,
  at text not null,
  settled_at text
) strict;
create index ledger_by_attempt on ledger (attempt_id, at);
create index ledger_by_role on ledger (role, settled_at);
create index ledger_open on ledger (state, at) where state = 'reserved';

create table observations (
  subject text not null,
  head text not null,
  name text not null,
  value text not null check (json_valid(value)),
  seen_at text not null,
  primary key (subject, head, name)
) strict;

create table policy_decisions (
  id text primary key not null,
  gate text not null,
  subject text not null,
  head text,
  decision text not null check (decision in ('pass', 'need', 'deny', 'unknown')),
  policy_hash text not null,
  facts_hash text not null,
  policy text not null check (json_valid(policy)),
  facts text not null check (json_valid(facts)),
  verdicts text not null check (json_valid(verdicts)),
  decided_at text not null
) strict;
create index policy_decisions_by_subject on policy_decisions (subject, decided_at);

create table breakers (
  signature text primary key not null,
  failure_code text not null,
  state text not null check (state in ('open', 'canary', 'closed')),
  tasks integer not null,
  canary_attempt_id text,
  opened_at text not null,
  updated_at text not null
) strict;

create table guards (
  name text primary key not null,
  times integer not null,
  last_at text not null,
  subject text not null
) strict;
`;
