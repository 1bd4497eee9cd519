import type { AttemptFailureCode } from "./attempt-failure.ts";
import type { AttemptId } from "./ids.ts";
import type { Instant } from "./time.ts";

/**
 *   closed ── same failure on enough different tasks ──▶ open ── one canary is let through ──▶ canary
 *      ▲                                                  ▲          │ it failed, was lost or cancelled
 *      │                                                  └──────────┤
 *      └──────────────────────── it succeeded ──────────────────────-┘
 */
export const BREAKER_STATES = ["open", "canary", "closed"] as const;
export type BreakerState = (typeof BREAKER_STATES)[number];

/** One class of failures that look the same, and whether work of that class is let through. */
export interface Breaker {
  readonly signature: string;
  readonly code: AttemptFailureCode;
  readonly state: BreakerState;
  /** Different tasks that failed like this within the window, when it was last counted. */
  readonly tasks: number;
  readonly canary: AttemptId | null;
  /** When it last opened; for one that never did, when such a failure was first seen. */
  readonly openedAt: Instant;
  readonly updatedAt: Instant;
}

/** Work that a breaker holds back: all that shares a repository and an agent with the failures that opened it. */
export interface BreakerReach {
  readonly breaker: Breaker;
  readonly repositories: readonly string[];
  readonly agents: readonly string[];
}

/** As many different tasks have to fail alike within this time to open a breaker. */
export const BREAKER_TASKS: number = 3;
export const BREAKER_WINDOW_MS: number = 24 * 60 * 60 * 1000;
/** A breaker lets its canary through this long after it opened or its last canary failed. */
export const BREAKER_REST_MS: number = 15 * 60 * 1000;
