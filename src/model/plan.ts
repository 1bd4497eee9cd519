import type { IdeaId, PlanId } from "./ids.ts";
import type { Instant } from "./time.ts";

/** How an idea is cut into tasks. */
export interface Plan {
  readonly id: PlanId;
  readonly ideaId: IdeaId;
  /** `spec`: the idea is one task · `planner`: an attempt planned it. */
  readonly source: "spec" | "planner";
  readonly hash: string;
  readonly createdAt: Instant;
}
