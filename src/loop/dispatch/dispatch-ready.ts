import type { Attempt } from "../../model/attempt.ts";
import { FailureError } from "../../model/failure.ts";
import type { TaskId } from "../../model/ids.ts";
import { listReadyTasks } from "../../store/tasks/list-ready-tasks.ts";
import { dispatchTask } from "./dispatch-task.ts";
import type { DispatchWorld } from "./dispatch-world.ts";
import { lookingOnce } from "./gather.ts";
import { liftStopped } from "./lift.ts";

/** Tasks looked at in one round, the oldest first. */
const TASKS_A_ROUND = 1_000;

/**
 * Looks at every ready task and claims what may run; returns what it claimed. Level-triggered: an event that was lost or
 * came twice makes no difference, and any process may call it at any time.
 */
export async function dispatchReady(world: DispatchWorld): Promise<readonly Attempt[]> {
  await liftStopped(world.store);
  const tasks = await world.store.read((reader) => listReadyTasks(reader, { only: world.only, limit: TASKS_A_ROUND }));
  const round = lookingOnce(world);
  const claimed: Attempt[] = [];
  for (const task of tasks) {
    const attempt = await dispatchAlone(round, task.id);
    if (attempt !== null) claimed.push(attempt);
  }
  return claimed;
}

/** A bug that one task meets must not keep the others from running; a store that is busy ends the round, as for all. */
async function dispatchAlone(world: DispatchWorld, id: TaskId): Promise<Attempt | null> {
  try {
    return await dispatchTask(world, id);
  } catch (error) {
    if (error instanceof FailureError && error.failure.retry !== "never") throw error;
    const why = error instanceof Error ? error.message : String(error);
    world.trouble(new Error(`Task ${id} could not be dispatched: ${why}`, { cause: error }));
    return null;
  }
}
