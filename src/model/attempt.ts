import type { AttemptFailureCode } from "./attempt-failure.ts";
import type { Holder } from "./holder.ts";
import type { AgentKind } from "./idea.ts";
import type { AttemptId, IdeaId, SessionId, TaskId } from "./ids.ts";
import type { Order } from "./order.ts";
import type { Redacted } from "./redacted.ts";
import type { Role } from "./role.ts";
import type { Instant } from "./time.ts";

/**
 *   queued ── start (the runner, once per fence) ──▶ running ── the agent is done ──▶ verifying ── done ──▶ ended
 *      └──────────── cancel · lost ────────────┴──────────────── lost · stop ───────────┴──────────────────▲
 */
export const ATTEMPT_STATES = ["queued", "running", "verifying", "ended"] as const;
export type AttemptState = (typeof ATTEMPT_STATES)[number];

/** `lost`: its infrastructure ended, which says nothing about the task; every other outcome is terminal for (task, head). */
export const ATTEMPT_OUTCOMES = ["succeeded", "failed", "capped", "cancelled", "lost"] as const;
export type AttemptOutcome = (typeof ATTEMPT_OUTCOMES)[number];

export interface Attempt {
  readonly id: AttemptId;
  readonly ideaId: IdeaId;
  readonly taskId: TaskId;
  /** From 1 within its task. */
  readonly number: number;
  readonly role: Role;
  readonly agent: AgentKind;
  readonly model: string | null;
  readonly state: AttemptState;
  readonly outcome: AttemptOutcome | null;
  readonly failureCode: AttemptFailureCode | null;
  readonly failureDetail: Redacted | null;
  /** Equal for failures that look the same, whatever the task. */
  readonly signature: string | null;
  readonly fence: number;
  /** The process that claimed it: as long as no runner is placed, it goes when that one does. */
  readonly dispatcher: Holder | null;
  /** Its runner. */
  readonly holder: Holder | null;
  readonly leaseUntil: Instant | null;
  /** It is ended from outside after this. */
  readonly deadline: Instant | null;
  /** The commit it starts from, and the one it made. */
  readonly base: string;
  readonly head: string | null;
  readonly roleHash: string;
  readonly promptHash: string;
  readonly order: Order;
  readonly stop: StopWish | null;
  /** A closed word. */
  readonly stopReason: string | null;
  readonly sessionId: SessionId | null;
  readonly turns: number | null;
  readonly toolCalls: number | null;
  readonly keep: boolean;
  readonly simulated: boolean;
  readonly queuedAt: Instant;
  readonly startedAt: Instant | null;
  readonly endedAt: Instant | null;
}

/** `safe`: after the turn at hand · `now`: at once. */
export type StopWish = "safe" | "now";
