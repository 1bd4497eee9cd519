/** What holds work back, pays for it and answers for it, as Kysely sees it; conventions as in `schema.ts`. */

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

export interface ControlTables {
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
