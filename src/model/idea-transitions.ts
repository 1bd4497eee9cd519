import type { IdeaState } from "./idea.ts";
import type { Transitions } from "./transitions.ts";

/** The states in which an idea goes on by itself. */
export const WALKING_IDEA_STATES: readonly IdeaState[] = [
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
];

/** Where every walking idea can be halted, and where it is halted for good. */
const HALTS: readonly IdeaState[] = ["paused", "awaiting_approval", "blocked", "cancelled", "failed"];

/** Stages that are empty are passed by, so most states have more than one next one. */
export const IDEA_TRANSITIONS: Transitions<IdeaState> = {
  registered: ["planning", "plan_ready", "running_tasks", ...HALTS],
  planning: ["plan_ready", "running_tasks", ...HALTS],
  plan_ready: ["awaiting_dependencies", "running_tasks", ...HALTS],
  awaiting_dependencies: ["running_tasks", ...HALTS],
  running_tasks: [
    "awaiting_dependencies",
    "qa_review",
    "integration",
    "deployment",
    "monitoring",
    "completed",
    ...HALTS,
  ],
  qa_review: ["running_tasks", "integration", "completed", ...HALTS],
  integration: ["running_tasks", "deployment", "monitoring", "remediation", "completed", ...HALTS],
  deployment: ["monitoring", "remediation", "completed", ...HALTS],
  monitoring: ["remediation", "completed", ...HALTS],
  remediation: ["awaiting_dependencies", "running_tasks", ...HALTS],
  paused: [...WALKING_IDEA_STATES, "awaiting_approval", "blocked", "completed", "cancelled", "failed"],
  awaiting_approval: [...WALKING_IDEA_STATES, "paused", "blocked", "completed", "cancelled", "failed"],
  blocked: [...WALKING_IDEA_STATES, "paused", "awaiting_approval", "cancelled", "failed"],
  failed: ["running_tasks", "cancelled"],
  completed: [],
  cancelled: [],
};
