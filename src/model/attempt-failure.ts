/**
 * The closed list of ways an attempt can end badly: the predecessor's prefixes and categories, completed. `retry` says
 * what happens to the task without anybody's help: `terminal`: nothing, something outside has to change first ·
 * `wait`: the provider's or machine's trouble, tried again later, no attempt of the task's · `again`: the infrastructure
 * was lost, tried again at once · `mended`: no attempt of the task's either, but time alone mends nothing: a person does.
 */
export const ATTEMPT_FAILURES = {
  CAP_USD: { category: "budget_cap", retry: "terminal" },
  CAP_TOKENS: { category: "budget_cap", retry: "terminal" },
  CAP_RESPONSES: { category: "budget_cap", retry: "terminal" },
  CAP_SESSIONS: { category: "budget_cap", retry: "terminal" },
  CAP_TURNS: { category: "budget_cap", retry: "terminal" },
  CAP_TOOL_CALLS: { category: "budget_cap", retry: "terminal" },
  CAP_MINUTES: { category: "budget_cap", retry: "terminal" },
  CAP_OUTPUT: { category: "budget_cap", retry: "terminal" },
  BLOCKED_COMMAND: { category: "command_policy", retry: "terminal" },
  DOMAIN_NOT_ALLOWLISTED: { category: "domain_policy", retry: "terminal" },
  ALLOWED_PATHS_VIOLATION: { category: "path_policy", retry: "terminal" },
  PROTECTED_PATHS_VIOLATION: { category: "path_policy", retry: "terminal" },
  POLICY_DENIED: { category: "approval_gate", retry: "terminal" },
  POLICY_UNKNOWN: { category: "approval_gate", retry: "terminal" },
  APPROVAL_DENIED: { category: "approval_gate", retry: "terminal" },
  APPROVAL_EXPIRED: { category: "approval_gate", retry: "terminal" },
  SECRET_PATTERN_DETECTED: { category: "secret_guard", retry: "terminal" },
  ACCEPTANCE_COMMAND_FAILED: { category: "acceptance_test", retry: "terminal" },
  SETUP_FAILED: { category: "runtime_state", retry: "terminal" },
  GIT_FAILED: { category: "git_failure", retry: "terminal" },
  GIT_BASE_GONE: { category: "git_failure", retry: "terminal" },
  NO_CODE_HOST: { category: "github_api", retry: "terminal" },
  GITHUB_FAILED: { category: "github_api", retry: "wait" },
  KILL_SWITCH_ACTIVE: { category: "safety_control", retry: "terminal" },
  CANCELLED: { category: "safety_control", retry: "terminal" },
  SURVIVING_PROCESS: { category: "safety_control", retry: "terminal" },
  NO_CHANGE: { category: "execution_logic", retry: "terminal" },
  NO_OUTPUT: { category: "execution_logic", retry: "terminal" },
  INVALID_OUTPUT: { category: "input_validation", retry: "terminal" },
  INVALID_PROFILE: { category: "input_validation", retry: "terminal" },
  INVALID_POLICY: { category: "input_validation", retry: "terminal" },
  INVALID_SCRIPT: { category: "input_validation", retry: "terminal" },
  AGENT_FAILED: { category: "runtime_error", retry: "terminal" },
  AGENT_INTERRUPTED: { category: "runtime_error", retry: "terminal" },
  CONTEXT_WINDOW_EXCEEDED: { category: "runtime_error", retry: "terminal" },
  AGENT_CRASHED: { category: "runtime_error", retry: "terminal" },
  AGENT_NOT_FOUND: { category: "runtime_state", retry: "terminal" },
  AGENT_WRONG_VERSION: { category: "runtime_state", retry: "terminal" },
  SANDBOX_UNAVAILABLE: { category: "runtime_state", retry: "terminal" },
  WORKSPACE_NOT_READY: { category: "runtime_state", retry: "terminal" },
  DISK_FULL: { category: "runtime_state", retry: "wait" },
  PROVIDER_RATE_LIMIT: { category: "provider", retry: "wait" },
  PROVIDER_QUOTA: { category: "provider", retry: "wait" },
  PROVIDER_UNAVAILABLE: { category: "provider", retry: "wait" },
  PROVIDER_AUTH: { category: "provider", retry: "mended" },
  RUNNER_LOST: { category: "infrastructure", retry: "again" },
  HOST_LOST: { category: "infrastructure", retry: "again" },
  NOT_STARTED: { category: "infrastructure", retry: "again" },
  UNKNOWN: { category: "runtime_error", retry: "terminal" },
} as const;

export type AttemptFailureCode = keyof typeof ATTEMPT_FAILURES;
export type FailureCategory = (typeof ATTEMPT_FAILURES)[AttemptFailureCode]["category"];
export type RetryClass = (typeof ATTEMPT_FAILURES)[AttemptFailureCode]["retry"];

export function isAttemptFailureCode(text: string): text is AttemptFailureCode {
  return Object.hasOwn(ATTEMPT_FAILURES, text);
}
