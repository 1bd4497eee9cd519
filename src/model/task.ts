import type { IdeaId, PlanId, TaskId } from "./ids.ts";
import type { Redacted } from "./redacted.ts";
import type { Instant } from "./time.ts";

/** `task-transitions.ts` has the legal moves. */
export const TASK_STATES = [
  "pending",
  "ready",
  "claimed",
  "running",
  "verifying",
  "awaiting_approval",
  "done",
  "failed",
  "parked",
  "cancelled",
] as const;
export type TaskState = (typeof TASK_STATES)[number];

export interface Task {
  readonly id: TaskId;
  readonly ideaId: IdeaId;
  readonly planId: PlanId;
  /** From 1 within its idea. */
  readonly number: number;
  readonly title: Redacted;
  /** What the agent is told. */
  readonly brief: Redacted;
  readonly state: TaskState;
  /** A closed word: why it failed, waits or is parked. */
  readonly reason: string | null;
  readonly detail: Redacted | null;
  /** Grows with every claim; whoever writes for an older one is refused. */
  readonly fence: number;
  /** The commit that the latest attempt started from. */
  readonly head: string | null;
  /**
   * When something outside last changed for it: it was added, extended, approved, resumed or replayed. A (task, head)
   * whose attempt ended later than this is not tried again.
   */
  readonly signalAt: Instant;
  /** Earliest next dispatch: a provider's wait or a backoff. */
  readonly notBefore: Instant | null;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}
