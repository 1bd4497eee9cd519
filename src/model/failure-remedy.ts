import type { AttemptFailureCode } from "./attempt-failure.ts";

/** What a failure means to the person who looks at it, and what to do next. */
export interface Remedy {
  /** One sentence. */
  readonly means: string;
  /** The next command; `{attempt}`, `{task}`, `{idea}` and `{repository}` stand for those of an example. */
  readonly next: string;
}

const SHOW = "codex-loop run show {attempt}";
const LOGS = "codex-loop run logs {attempt}";
const REPLAY = "codex-loop run replay {task}";
const DOCTOR = "codex-loop doctor";
const DOCTOR_REPO = "codex-loop doctor --repo {repository}";

/** Every failure code has one; `triage` prints it beside the group, and the runbook is written from it. */
export const REMEDIES: Readonly<Record<AttemptFailureCode, Remedy>> = {
  CAP_USD: { means: "It would have cost more than its cap allows.", next: "codex-loop budget extend {idea} --usd 3" },
  CAP_TOKENS: {
    means: "It would have used more tokens than its cap allows.",
    next: "codex-loop budget extend {idea} --tokens 1000000",
  },
  CAP_RESPONSES: { means: "It asked the model more often than its cap allows.", next: SHOW },
  CAP_SESSIONS: {
    means: "Its task has had all the runs that it gets in its life.",
    next: "codex-loop budget extend {task} --sessions 1",
  },
  CAP_TURNS: { means: "It needed more turns than its cap allows.", next: SHOW },
  CAP_TOOL_CALLS: { means: "It made more tool calls than its cap allows.", next: SHOW },
  CAP_MINUTES: { means: "It ran longer than its cap allows.", next: SHOW },
  CAP_OUTPUT: { means: "It printed more than is kept of a run.", next: LOGS },
  BLOCKED_COMMAND: { means: "It ran a command that a policy rule denies.", next: LOGS },
  DOMAIN_NOT_ALLOWLISTED: { means: "It spoke to a host that no policy rule allows.", next: LOGS },
  ALLOWED_PATHS_VIOLATION: { means: "It changed files outside the profile's allowed_paths.", next: SHOW },
  PROTECTED_PATHS_VIOLATION: { means: "It changed files that no run may change.", next: SHOW },
  POLICY_DENIED: { means: "A policy rule denies its change.", next: SHOW },
  POLICY_UNKNOWN: { means: "Policy could not decide, because a fact it needs was not known.", next: SHOW },
  APPROVAL_DENIED: { means: "A person said no.", next: SHOW },
  APPROVAL_EXPIRED: { means: "Nobody answered its question in time.", next: REPLAY },
  SECRET_PATTERN_DETECTED: { means: "Its change holds what looks like a secret.", next: SHOW },
  ACCEPTANCE_COMMAND_FAILED: { means: "A check failed on the commit it made.", next: SHOW },
  SETUP_FAILED: { means: "The profile's setup failed before the agent began.", next: LOGS },
  GIT_FAILED: { means: "A git command of ours failed.", next: LOGS },
  GIT_BASE_GONE: { means: "The commit it was to start from is not in the repository any more.", next: REPLAY },
  NO_CODE_HOST: {
    means: "Run mode release proposes changes, and no code host is connected; its branch is there.",
    next: "codex-loop config show --origin",
  },
  GITHUB_FAILED: { means: "The code host refused or did not answer.", next: DOCTOR },
  KILL_SWITCH_ACTIVE: { means: "Somebody stopped everything, its repository or its idea.", next: "codex-loop resume" },
  CANCELLED: { means: "Somebody cancelled it.", next: REPLAY },
  SURVIVING_PROCESS: { means: "Something it had started could not be ended.", next: LOGS },
  NO_CHANGE: { means: "The agent said it was done and had changed nothing.", next: LOGS },
  NO_OUTPUT: { means: "It did not leave what was asked of it.", next: LOGS },
  INVALID_OUTPUT: { means: "What it left has the wrong form, also after one request to mend it.", next: LOGS },
  INVALID_PROFILE: { means: "The repository's profile has a mistake.", next: DOCTOR_REPO },
  INVALID_POLICY: { means: "The repository's policy has a mistake.", next: DOCTOR_REPO },
  INVALID_SCRIPT: { means: "The script of a scripted run has a mistake.", next: "codex-loop idea show {idea}" },
  AGENT_FAILED: { means: "The agent gave up with an error.", next: LOGS },
  AGENT_INTERRUPTED: { means: "The agent's turn was interrupted, and not by us.", next: LOGS },
  CONTEXT_WINDOW_EXCEEDED: { means: "The work did not fit into the model's context.", next: LOGS },
  AGENT_CRASHED: { means: "The agent's process ended in the middle of its work.", next: LOGS },
  AGENT_NOT_FOUND: { means: "The Codex CLI is not there.", next: DOCTOR },
  AGENT_WRONG_VERSION: { means: "The Codex CLI is of a version we do not drive.", next: DOCTOR },
  SANDBOX_UNAVAILABLE: { means: "No sandbox can be built here, and nothing runs without one.", next: DOCTOR },
  WORKSPACE_NOT_READY: { means: "The private clone could not be made.", next: DOCTOR_REPO },
  DISK_FULL: { means: "The disk was full; it is tried again by itself.", next: DOCTOR },
  PROVIDER_RATE_LIMIT: {
    means: "The model provider wants us to wait; it is tried again by itself.",
    next: "codex-loop explain {task}",
  },
  PROVIDER_QUOTA: {
    means: "The account at the model provider is used up; it is tried again by itself.",
    next: "codex-loop explain {task}",
  },
  PROVIDER_UNAVAILABLE: {
    means: "The model provider did not answer; it is tried again by itself.",
    next: "codex-loop explain {task}",
  },
  PROVIDER_AUTH: {
    means: "The model provider does not take our key: give another one, CODEX_LOOP_UPSTREAM_KEY, then resume it.",
    next: "codex-loop idea resume {idea} --wait",
  },
  RUNNER_LOST: { means: "Its runner was lost; it is tried again by itself.", next: "codex-loop explain {task}" },
  HOST_LOST: {
    means: "Its runner lost us and ended itself; it is tried again by itself.",
    next: "codex-loop explain {task}",
  },
  NOT_STARTED: { means: "Its runner never called; it is tried again by itself.", next: DOCTOR },
  UNKNOWN: { means: "It failed in a way that has no code yet.", next: LOGS },
};
