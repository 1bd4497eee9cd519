/** Ideas, tasks, attempts and what holds them back: the tables of running agents. */
export const agentRunsPostgres: string = `
create table ideas (
  id text collate "C" primary key not null,
  title text collate "C" not null,
  spec text collate "C" not null,
  goal text collate "C" not null,
  risk text collate "C",
  labels json not null,
  repository text collate "C" not null,
  target_branch text collate "C" not null,
  agent text collate "C" not null,
  script json,
  caps json not null,
  state text collate "C" not null,
  state_before text collate "C",
  reason text collate "C",
  detail text collate "C",
  origin text collate "C" not null,
  spec_hash text collate "C" not null,
  simulated bigint not null check (simulated in (0, 1)),
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index ideas_by_state on ideas (state, created_at);

create table plans (
  id text collate "C" primary key not null,
  idea_id text collate "C" not null,
  source text collate "C" not null,
  hash text collate "C" not null,
  created_at timestamptz not null
);
create index plans_by_idea on plans (idea_id);

create table tasks (
  id text collate "C" primary key not null,
  idea_id text collate "C" not null,
  plan_id text collate "C" not null,
  number bigint not null,
  title text collate "C" not null,
  brief text collate "C" not null,
  state text collate "C" not null,
  reason text collate "C",
  detail text collate "C",
  fence bigint not null,
  head text collate "C",
  signal_at timestamptz not null,
  not_before timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create unique index tasks_of_idea on tasks (idea_id, number);
create index tasks_by_state on tasks (state, created_at);

create table task_dependencies (
  task_id text collate "C" not null,
  needs_id text collate "C" not null,
  primary key (task_id, needs_id)
);

create table attempts (
  id text collate "C" primary key not null,
  idea_id text collate "C" not null,
  task_id text collate "C" not null,
  number bigint not null,
  role text collate "C" not null,
  agent text collate "C" not null,
  model text collate "C",
  state text collate "C" not null check (state in ('queued', 'running', 'verifying', 'ended')),
  outcome text collate "C" check (outcome is null or outcome in ('succeeded', 'failed', 'capped', 'cancelled', 'lost')),
  failure_code text collate "C",
  failure_detail text collate "C",
  signature text collate "C",
  fence bigint not null,
  dispatcher text collate "C",
  holder text collate "C",
  lease_until timestamptz,
  deadline timestamptz,
  base text collate "C" not null,
  head text collate "C",
  role_hash text collate "C" not null,
  prompt_hash text collate "C" not null,
  "order" json not null,
  stop text collate "C" check (stop is null or stop in ('safe', 'now')),
  stop_reason text collate "C",
  session_id text collate "C",
  turns bigint,
  tool_calls bigint,
  keep bigint not null check (keep in (0, 1)),
  simulated bigint not null check (simulated in (0, 1)),
  queued_at timestamptz not null,
  started_at timestamptz,
  ended_at timestamptz
);
create unique index attempts_of_task on attempts (task_id, number);
create index attempts_by_time on attempts (queued_at, id);
create index attempts_by_idea on attempts (idea_id, queued_at);
create index attempts_open on attempts (state, lease_until) where state <> 'ended';
create index attempts_by_end on attempts (ended_at);
create index attempts_by_session on attempts (session_id);

create table checks (
  attempt_id text collate "C" not null,
  number bigint not null,
  name text collate "C" not null,
  command json not null,
  passed bigint not null check (passed in (0, 1)),
  exit_code bigint,
  timed_out bigint not null check (timed_out in (0, 1)),
  seconds double precision not null,
  output_sha256 text collate "C",
  ran_at timestamptz not null,
  primary key (attempt_id, number)
);

create table artifacts (
  attempt_id text collate "C" not null,
  name text collate "C" not null,
  sha256 text collate "C",
  bytes bigint,
  absent text collate "C",
  redaction bigint not null,
  stored_at timestamptz not null,
  primary key (attempt_id, name)
);
create index artifacts_by_hash on artifacts (sha256);

create table changes (
  id text collate "C" primary key not null,
  idea_id text collate "C" not null,
  task_id text collate "C" not null,
  attempt_id text collate "C" not null,
  repository text collate "C" not null,
  branch text collate "C" not null,
  target_branch text collate "C" not null,
  base text collate "C" not null,
  head text collate "C" not null,
  files bigint not null,
  lines bigint not null,
  diff_sha256 text collate "C" not null,
  state text collate "C" not null check (state in ('local', 'proposed', 'merged', 'landed', 'reverted')),
  simulated bigint not null check (simulated in (0, 1)),
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create unique index changes_by_attempt on changes (attempt_id);
create index changes_by_idea on changes (idea_id);

create table approvals (
  id text collate "C" primary key not null,
  idea_id text collate "C" not null,
  task_id text collate "C" not null,
  attempt_id text collate "C" not null,
  action text collate "C" not null check (action in ('command', 'patch', 'permissions', 'input', 'change')),
  subject text collate "C" not null,
  reason text collate "C" not null,
  content_hash text collate "C" not null,
  head text collate "C",
  rule text collate "C",
  call_id text collate "C",
  state text collate "C" not null check (state in ('asked', 'granted', 'denied', 'expired', 'void')),
  decided_by text collate "C",
  decided_reason text collate "C",
  answer json,
  asked_at timestamptz not null,
  expires_at timestamptz not null,
  decided_at timestamptz
);
create index approvals_by_state on approvals (state, asked_at);
create unique index approvals_of_attempt on approvals (attempt_id, content_hash);

create table controls (
  scope text collate "C" primary key not null,
  word text collate "C" not null check (word in ('paused', 'stopped')),
  reason text collate "C" not null,
  actor text collate "C" not null,
  at timestamptz not null
);

create table tokens (
  hash text collate "C" primary key not null,
  use text collate "C" not null check (use in ('gateway', 'host')),
  attempt_id text collate "C" not null,
  fence bigint not null,
  expires_at timestamptz not null,
  revoked_at timestamptz
);
create index tokens_by_attempt on tokens (attempt_id);

create table caps (
  scope text collate "C" not null,
  unit text collate "C" not null check (unit in ('usd', 'tokens', 'responses', 'sessions')),
  cap bigint,
  extended bigint not null,
  reserved bigint not null,
  spent bigint not null,
  unknown bigint not null,
  provenance text collate "C" not null,
  updated_at timestamptz not null,
  primary key (scope, unit)
);
create index caps_by_change on caps (updated_at);

create table ledger (
  id text collate "C" primary key not null,
  attempt_id text collate "C" not null,
  idea_id text collate "C" not null,
  payer text collate "C" not null,
  kind text collate "C" not null check (kind in ('attempt', 'request')),
  state text collate "C" not null check (state in ('reserved', 'settled', 'released', 'refused')),
  role text collate "C" not null,
  model text collate "C",
  request_kind text collate "C",
  thread_id text collate "C",
  response_id text collate "C",
  reserved_tokens bigint not null,
  reserved_usd bigint,
  input bigint,
  cached_input bigint,
  output bigint,
  reasoning bigint,
  total bigint,
  usd bigint,
  status bigint,
  error text collate "C",
  provenance text collate "C" not null,
  at timestamptz not null,
  settled_at timestamptz
);
create index ledger_by_attempt on ledger (attempt_id, at);
create index ledger_by_role on ledger (role, settled_at);
create index ledger_open on ledger (state, at) where state = 'reserved';

create table observations (
  subject text collate "C" not null,
  head text collate "C" not null,
  name text collate "C" not null,
  value json not null,
  seen_at timestamptz not null,
  primary key (subject, head, name)
);

create table policy_decisions (
  id text collate "C" primary key not null,
  gate text collate "C" not null,
  subject text collate "C" not null,
  head text collate "C",
  decision text collate "C" not null check (decision in ('pass', 'need', 'deny', 'unknown')),
  policy_hash text collate "C" not null,
  facts_hash text collate "C" not null,
  policy json not null,
  facts json not null,
  verdicts json not null,
  decided_at timestamptz not null
);
create index policy_decisions_by_subject on policy_decisions (subject, decided_at);

create table breakers (
  signature text collate "C" primary key not null,
  failure_code text collate "C" not null,
  state text collate "C" not null check (state in ('open', 'canary', 'closed')),
  tasks bigint not null,
  canary_attempt_id text collate "C",
  opened_at timestamptz not null,
  updated_at timestamptz not null
);

create table guards (
  name text collate "C" primary key not null,
  times bigint not null,
  last_at timestamptz not null,
  subject text collate "C" not null
);
`;
