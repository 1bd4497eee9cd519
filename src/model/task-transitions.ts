import type { TaskState } from "./task.ts";
import type { Transitions } from "./transitions.ts";

/**
 * `ready` is the only state that is dispatched from. What an attempt leaves behind is told by how it ended: lost and
 * waiting ones give the task back, all others end in a state that only something from outside leads out of.
 */
export const TASK_TRANSITIONS: Transitions<TaskState> = {
  pending: ["ready", "parked", "cancelled"],
  ready: ["claimed", "failed", "parked", "cancelled"],
  claimed: ["running", "ready", "failed", "parked", "cancelled"],
  running: ["verifying", "ready", "failed", "parked", "cancelled"],
  verifying: ["done", "awaiting_approval", "ready", "failed", "parked", "cancelled"],
  awaiting_approval: ["done", "ready", "failed", "parked", "cancelled"],
  parked: ["ready", "cancelled"],
  failed: ["ready", "cancelled"],
  done: [],
  cancelled: [],
};
