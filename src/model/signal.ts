import type { CallId, SegmentName, SessionId, SignalId, TurnId } from "./ids.ts";
import type { Redacted } from "./redacted.ts";

export const FRICTION_CATEGORIES = [
  "exec_failure",
  "sandbox_denied",
  "patch_failure",
  "tool_failure",
  "denial_exec",
  "denial_patch",
  "policy_rejection",
  "repeated_denial",
  "interrupted",
  "crashed",
  "model_error",
  "budget",
  "stream_error",
  "error_event",
  "truncation_warning",
  "timeout",
  "compaction",
  "repeated_compaction",
  "rollback",
  "undo",
  "revert_in_message",
  "file_churn",
  "plan_update_churn",
  "context_churn",
  "backtracking",
  "diff_oscillation",
  "repeated_rephrasing",
  "escalation_tone",
  "platform_confusion",
  "abandoned_tool_flow",
] as const;

export const DELIGHT_CATEGORIES = [
  "fast_completion",
  "zero_denial",
  "first_attempt_success",
  "positive_feedback",
  "clean_plan",
  "rapid_approvals",
] as const;

export type FrictionCategory = (typeof FRICTION_CATEGORIES)[number];
export type DelightCategory = (typeof DELIGHT_CATEGORIES)[number];
export type SignalCategory = FrictionCategory | DelightCategory;
export type SignalType = "friction" | "delight";

/** `mechanical`: a rule over facts, measured · `heuristic`: a rule over words, estimated · `model`: a language model's word. */
export type SignalDetector = "mechanical" | "heuristic" | "model";

/** Where the evidence stands: a line of a recording. Thread-wide evidence points to the line that completed the pattern. */
export interface EvidencePointer {
  readonly segment: SegmentName;
  /** Byte offset of the line in the decompressed file. */
  readonly offset: number;
  /** 1-based line of the segment. */
  readonly line: number;
}

/** One moment of friction or delight in a session. */
export interface Signal {
  readonly id: SignalId;
  readonly category: SignalCategory;
  readonly type: SignalType;
  /** 0 (a shrug) to 1 (a lost session). */
  readonly severity: number;
  readonly sessionId: SessionId;
  readonly turnId: TurnId | null;
  readonly callId: CallId | null;
  /** Line number over all segments of the thread; 0 for a thread-wide signal. */
  readonly seq: number;
  readonly description: Redacted;
  readonly detector: SignalDetector;
  /** Version of the rule that found it. */
  readonly version: number;
  readonly evidence: EvidencePointer;
}

export function signalType(category: SignalCategory): SignalType {
  return (DELIGHT_CATEGORIES as readonly string[]).includes(category) ? "delight" : "friction";
}
