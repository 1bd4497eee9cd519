import type { Json } from "../kit/json.ts";
import type { CapWishes } from "./cap.ts";
import type { IdeaId } from "./ids.ts";
import type { Redacted } from "./redacted.ts";
import type { Instant } from "./time.ts";

/**
 * How far an idea is. Planning, review, integration, deployment and monitoring are stages that may be empty; an idea
 * then passes them by. `idea-transitions.ts` has the legal moves.
 */
export const IDEA_STATES = [
  "registered",
  "planning",
  "plan_ready",
  "awaiting_dependencies",
  "running_tasks",
  "qa_review",
  "integration",
  "deployment",
  "monitoring",
  "remediation",
  "completed",
  "paused",
  "awaiting_approval",
  "blocked",
  "cancelled",
  "failed",
] as const;
export type IdeaState = (typeof IDEA_STATES)[number];

/** States that nothing leaves without a person. */
export const ENDED_IDEA_STATES: readonly IdeaState[] = ["completed", "cancelled", "failed"];

export interface Idea {
  readonly id: IdeaId;
  readonly title: Redacted;
  /** All of the specification as it was handed in. */
  readonly spec: Redacted;
  readonly goal: Redacted;
  readonly risk: Redacted | null;
  readonly labels: readonly string[];
  /** A folder of this machine (absolute), or `OWNER/NAME`. */
  readonly repository: string;
  readonly targetBranch: string;
  readonly agent: AgentKind;
  /** The steps of a scripted agent. */
  readonly script: Json | null;
  readonly caps: CapWishes;
  readonly state: IdeaState;
  /** The state that lifting a pause or a park goes back to. */
  readonly stateBefore: IdeaState | null;
  /** A closed word: why it is blocked, failed, waiting or paused. */
  readonly reason: string | null;
  readonly detail: Redacted | null;
  readonly origin: string;
  readonly specHash: string;
  readonly simulated: boolean;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

/** Who does the work: the real Codex CLI, or a script that is replayed and marked as simulated. */
export const AGENT_KINDS = ["codex", "scripted"] as const;
export type AgentKind = (typeof AGENT_KINDS)[number];
