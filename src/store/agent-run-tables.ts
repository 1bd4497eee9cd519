/** The tables of running agents, as Kysely sees them; conventions as in `schema.ts`. */

/** What somebody wants, and how far it is. */
export interface IdeasTable {
  id: string;
  title: string;
  /** All of the specification as it was handed in, redacted. */
  spec: string;
  goal: string;
  /** What the specification says under Risk. */
  risk: string | null;
  /** JSON array of words. */
  labels: string;
  /** A folder of this machine, or OWNER/NAME. */
  repository: string;
  /** What attempts start from and changes are meant for. */
  target_branch: string;
  agent: string;
  /** The steps of a scripted agent. */
  script: string | null;
  /** JSON object of caps that this idea brings; others come from profile and settings. */
  caps: string;
  state: string;
  /** The state to go back to when a pause or a park is lifted. */
  state_before: string | null;
  /** A closed word: why it is blocked, failed, waiting or paused. */
  reason: string | null;
  /** The reason in words, redacted. */
  detail: string | null;
  /** Where it came from: a closed word. */
  origin: string;
  spec_hash: string;
  simulated: number;
  created_at: string;
  updated_at: string;
}

/** How an idea is cut into tasks. */
export interface PlansTable {
  id: string;
  idea_id: string;
  /** `spec`: the idea is one task · `planner`: an attempt planned it. */
  source: string;
  hash: string;
  created_at: string;
}

/** One piece of an idea that one attempt can do. */
export interface TasksTable {
  id: string;
  idea_id: string;
  plan_id: string;
  /** From 1 within its idea. */
  number: number;
  title: string;
  /** What the agent is told, redacted. */
  brief: string;
  state: string;
  reason: string | null;
  detail: string | null;
  /** Grows with every claim. */
  fence: number;
  /** The commit that the latest attempt started from. */
  head: string | null;
  /** When something outside last changed for it: added, extended, approved, resumed, replayed. */
  signal_at: string;
  /** Earliest next dispatch: a provider's wait or a backoff. */
  not_before: string | null;
  created_at: string;
  updated_at: string;
}

/** A task waits until another is done. */
export interface TaskDependenciesTable {
  task_id: string;
  needs_id: string;
}

/** One try at a task: a complete order, who does it, and how it ended. */
export interface AttemptsTable {
  id: string;
  idea_id: string;
  task_id: string;
  /** From 1 within its task. */
  number: number;
  role: string;
  agent: string;
  model: string | null;
  state: string;
  outcome: string | null;
  failure_code: string | null;
  /** Redacted. */
  failure_detail: string | null;
  /** Equal for failures that look the same, whatever the task. */
  signature: string | null;
  fence: number;
  /** The process that claimed it; until its runner is placed, only that one starts it. */
  dispatcher: string | null;
  /** The runner that started it. */
  holder: string | null;
  lease_until: string | null;
  /** Wall clock: it is ended from outside after this. */
  deadline: string | null;
  /** The commit it starts from. */
  base: string;
  /** The commit it made. */
  head: string | null;
  role_hash: string;
  prompt_hash: string;
  /** The order as the runner gets it. */
  order: string;
  stop: string | null;
  stop_reason: string | null;
  session_id: string | null;
  turns: number | null;
  tool_calls: number | null;
  keep: number;
  simulated: number;
  queued_at: string;
  started_at: string | null;
  ended_at: string | null;
}

/** One acceptance command of an attempt, run by us on the committed tree. */
export interface ChecksTable {
  attempt_id: string;
  number: number;
  name: string;
  /** Argument list, or one shell line. */
  command: string;
  passed: number;
  exit_code: number | null;
  timed_out: number;
  seconds: number;
  output_sha256: string | null;
  ran_at: string;
}

/** What an attempt left, or why it left nothing of that name. */
export interface ArtifactsTable {
  attempt_id: string;
  name: string;
  sha256: string | null;
  bytes: number | null;
  /** Why there is none: a closed word. */
  absent: string | null;
  redaction: number;
  stored_at: string;
}

/** What an attempt would change in a repository. */
export interface ChangesTable {
  id: string;
  idea_id: string;
  task_id: string;
  attempt_id: string;
  repository: string;
  branch: string;
  target_branch: string;
  base: string;
  head: string;
  files: number;
  /** Added and removed. */
  lines: number;
  diff_sha256: string;
  state: string;
  simulated: number;
  created_at: string;
  updated_at: string;
}

/** A question to a person, bound to exactly what was asked about. */
export interface ApprovalsTable {
  id: string;
  idea_id: string;
  task_id: string;
  attempt_id: string;
  action: string;
  /** What it is about, redacted. */
  subject: string;
  /** Why the agent or the rule asks, redacted. */
  reason: string;
  content_hash: string;
  head: string | null;
  /** The policy rule that wants a person. */
  rule: string | null;
  /** The call of the agent that waits. */
  call_id: string | null;
  state: string;
  /** `person`, `policy`: who answered. */
  decided_by: string | null;
  /** Redacted. */
  decided_reason: string | null;
  /** What a person typed, for an action `input`; redacted. */
  answer: string | null;
  asked_at: string;
  expires_at: string;
  decided_at: string | null;
}

/** Pause and kill switch: a row holds work back until it is lifted. */
export interface ControlsTable {
  /** `all`, `repository/PATH` or `idea/ID`. */
  scope: string;
  word: string;
  /** Redacted. */
  reason: string;
  actor: string;
  at: string;
}

/** Who may call the gateway or the host listener. Only hashes are kept. */
export interface TokensTable {
  hash: string;
  use: string;
  attempt_id: string;
  fence: number;
  expires_at: string;
  revoked_at: string | null;
}

/** A limit and how much of it is spoken for. Reserving and settling change these counters and the ledger together. */
export interface CapsTable {
  /** A `CapScope`. */
  scope: string;
  unit: string;
  /** Null: no cap. Money is micro-dollars. What people added is in it. */
  cap: number | null;
  /** What people added to the configured limit. */
  extended: number;
  reserved: number;
  spent: number;
  /** How many settled entries had no known amount. */
  unknown: number;
  provenance: string;
  updated_at: string;
}

/** One reservation and what became of it: an attempt as a whole, or one model request within it. */
export interface LedgerTable {
  id: string;
  attempt_id: string;
  idea_id: string;
  /** `attempt/ID`, `stage/NAME` or `chore/NAME`. */
  payer: string;
  kind: string;
  state: string;
  role: string;
  model: string | null;
  /** `turn` or `compaction`. */
  request_kind: string | null;
  thread_id: string | null;
  response_id: string | null;
  reserved_tokens: number;
  /** Micro-dollars; null when no price is known. */
  reserved_usd: number | null;
  input: number | null;
  cached_input: number | null;
  output: number | null;
  reasoning: number | null;
  total: number | null;
  /** Micro-dollars; null when no price is known. */
  usd: number | null;
  /** HTTP status the provider answered with. */
  status: number | null;
  /** A closed word. */
  error: string | null;
  provenance: string;
  at: string;
  settled_at: string | null;
}

/** A fact about a subject at a head, as it was last seen. Absent or stale is unknown. */
export interface ObservationsTable {
  subject: string;
  head: string;
  name: string;
  value: string;
  seen_at: string;
}

/** What policy said, with all it was given, so that it can be asked again. */
export interface PolicyDecisionsTable {
  id: string;
  gate: string;
  subject: string;
  head: string | null;
  decision: string;
  policy_hash: string;
  facts_hash: string;
  policy: string;
  facts: string;
  verdicts: string;
  decided_at: string;
}

/** Stops a class of failure that hit several tasks, until one canary passes. */
export interface BreakersTable {
  signature: string;
  failure_code: string;
  state: string;
  tasks: number;
  canary_attempt_id: string | null;
  opened_at: string;
  updated_at: string;
}

/** When each guard last really fired. */
export interface GuardsTable {
  name: string;
  times: number;
  last_at: string;
  subject: string;
}

export interface AgentRunTables {
  ideas: IdeasTable;
  plans: PlansTable;
  tasks: TasksTable;
  task_dependencies: TaskDependenciesTable;
  attempts: AttemptsTable;
  checks: ChecksTable;
  artifacts: ArtifactsTable;
  changes: ChangesTable;
  approvals: ApprovalsTable;
  controls: ControlsTable;
  tokens: TokensTable;
  caps: CapsTable;
  ledger: LedgerTable;
  observations: ObservationsTable;
  policy_decisions: PolicyDecisionsTable;
  breakers: BreakersTable;
  guards: GuardsTable;
}
