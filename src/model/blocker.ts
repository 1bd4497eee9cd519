import type { GuardName } from "./guard.ts";
import type { Instant } from "./time.ts";

/**
 * The closed list of reasons why a task does not run, in the order they are told: first what a person decided, then what
 * the task waits for, then what holds everything back, last what is missing here.
 */
export const BLOCK_REASONS = [
  "idea_not_active",
  "task_ended",
  "running",
  "stopped",
  "paused",
  "dependencies",
  "awaiting_approval",
  "parked",
  "already_tried",
  "not_before",
  "sessions_used_up",
  "cap_reached",
  "cap_reserved",
  "breaker_open",
  "policy",
  "repository_full",
  "parallel_full",
  "head_unknown",
  "sandbox_missing",
  "agent_missing",
  "key_missing",
  "profile_invalid",
  "not_served",
] as const;
export type BlockReason = (typeof BLOCK_REASONS)[number];

export interface Blocker {
  readonly reason: BlockReason;
  /** `null`: it is not known since when. */
  readonly since: Instant | null;
  /** One sentence: what ends it, with the command where there is one. */
  readonly liftedBy: string;
  /** The guard that holds the task back here and now; left out where it is the ordinary course, or noted elsewhere. */
  readonly guard?: GuardName;
}
