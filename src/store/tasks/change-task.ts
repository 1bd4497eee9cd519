import type { TaskId } from "../../model/ids.ts";
import type { Task } from "../../model/task.ts";
import { followTasks } from "../ideas/follow-tasks.ts";
import type { Tx } from "../store.ts";
import { getTask } from "./get-task.ts";
import { moveTask, type TaskMove } from "./move-task.ts";
import { releaseDependents } from "./release-dependents.ts";

export interface TaskChange extends TaskMove {
  /** The fence that the caller judged; another one means that somebody works on it anew, and nothing is changed. */
  readonly fence?: number;
}

/**
 * Moves a task by decision of a stage or a person, and its idea and dependents with it; staying where it is only changes
 * the reason. `null`: no such task, an old fence, or no legal move from where it is.
 */
export async function changeTask(tx: Tx, id: TaskId, change: TaskChange): Promise<Task | null> {
  const seen = await getTask(tx, id);
  if (seen === null || (change.fence !== undefined && change.fence !== seen.fence)) return null;
  const task = await moveTask(tx, seen, change);
  if (task === null) return null;
  if (task.state === "done") await releaseDependents(tx, id);
  await followTasks(tx, task.ideaId);
  return task;
}
