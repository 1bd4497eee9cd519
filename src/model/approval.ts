import type { AskAction } from "./ask.ts";
import type { ApprovalId, AttemptId, IdeaId, TaskId } from "./ids.ts";
import type { Redacted } from "./redacted.ts";
import type { Instant } from "./time.ts";

/**
 *   asked ── grant ──▶ granted        void: the attempt ended, or what was asked about has changed
 *     ├───── deny ───▶ denied
 *     ├───── time ───▶ expired
 *     └──────────────▶ void
 */
export const APPROVAL_STATES = ["asked", "granted", "denied", "expired", "void"] as const;
export type ApprovalState = (typeof APPROVAL_STATES)[number];

/** A question to a person, bound to exactly what was asked about. */
export interface Approval {
  readonly id: ApprovalId;
  readonly ideaId: IdeaId;
  readonly taskId: TaskId;
  readonly attemptId: AttemptId;
  readonly action: AskAction;
  readonly subject: Redacted;
  readonly reason: Redacted;
  /** sha256 of the action and the subject before redaction: a changed command is another question. */
  readonly contentHash: string;
  /** The commit that is asked about, for `change`. */
  readonly head: string | null;
  /** The policy rule that wants a person. */
  readonly rule: string | null;
  readonly callId: string | null;
  readonly state: ApprovalState;
  readonly decidedBy: "policy" | "person" | null;
  readonly decidedReason: Redacted | null;
  /** What a person answered, by question id, for `input`. */
  readonly answer: Readonly<Record<string, string>> | null;
  readonly askedAt: Instant;
  readonly expiresAt: Instant;
  readonly decidedAt: Instant | null;
}
