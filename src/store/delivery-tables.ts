/** What is to be done, who tries it and what came of it, as Kysely sees it; conventions as in `schema.ts`. */

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

export interface DeliveryTables {
  ideas: IdeasTable;
  plans: PlansTable;
  tasks: TasksTable;
  task_dependencies: TaskDependenciesTable;
  attempts: AttemptsTable;
  checks: ChecksTable;
  artifacts: ArtifactsTable;
  changes: ChangesTable;
}
