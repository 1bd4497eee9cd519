/** How a tool call ended. */
export const CALL_OUTCOMES = [
  "ok",
  "failed",
  "denied_by_user",
  "rejected_by_policy",
  "blocked_by_hook",
  "sandbox_denied",
  "tool_error",
  "aborted",
  "unfinished",
  "running",
] as const;
export type CallOutcome = (typeof CALL_OUTCOMES)[number];

/** How a turn or a session ended. */
export const SESSION_OUTCOMES = ["completed", "failed", "interrupted", "unfinished", "running"] as const;
export type SessionOutcome = (typeof SESSION_OUTCOMES)[number];
