import { WALKING_IDEA_STATES } from "../../model/idea-transitions.ts";
import type { IdeaState } from "../../model/idea.ts";
import type { TaskState } from "../../model/task.ts";

const ACTIVE: readonly TaskState[] = ["claimed", "running", "verifying"];

/** What halts an idea, the most urgent for a person first. */
const HALTING: readonly (readonly [TaskState, IdeaState])[] = [
  ["awaiting_approval", "awaiting_approval"],
  ["parked", "blocked"],
  ["failed", "failed"],
  ["cancelled", "cancelled"],
];

/**
 * Where its tasks lead an idea; `null`: nowhere else. Work in hand counts before halts, so that an idea is not called
 * blocked while one of its tasks still runs. Tasks that are all done lead nowhere by themselves: integration says what
 * comes of them.
 */
export function ideaAfterTasks(idea: IdeaState, tasks: readonly TaskState[]): IdeaState | null {
  if (tasks.some((state) => ACTIVE.includes(state))) return "running_tasks";
  const halt = HALTING.find(([task]) => tasks.includes(task));
  if (halt !== undefined) return halt[1];
  const isWalking = WALKING_IDEA_STATES.includes(idea);
  return tasks.includes("ready") && !isWalking ? "running_tasks" : null;
}
