import { controlsOver, covers, type Control, type Controlled, type ControlScope } from "../../model/control.ts";
import { idOf, type TaskId } from "../../model/ids.ts";
import type { Tx } from "../store.ts";
import { signalTask } from "../tasks/signal-task.ts";
import { liftControl } from "./lift-control.ts";
import { listControls } from "./list-controls.ts";

export interface Resumed {
  /** What was in force; `null`: nothing was. */
  readonly lifted: Control | null;
  /** Tasks that the kill switch had parked and that may be tried again. */
  readonly tasks: readonly TaskId[];
  /** What still holds work of this scope back. */
  readonly remaining: readonly Control[];
}

/** Lifts one control. What the kill switch had parked goes back to the queue, unless another control stops it still. */
export async function resumeWork(tx: Tx, scope: ControlScope): Promise<Resumed> {
  const lifted = await liftControl(tx, scope);
  const remaining = await listControls(tx);
  const tasks: TaskId[] = [];
  for (const { taskId, ...idea } of await stoppedTasks(tx)) {
    if (!covers(scope, idea) || controlsOver(remaining, idea).some(({ word }) => word === "stopped")) continue;
    if ((await signalTask(tx, taskId, "resumed")) === "lifted") tasks.push(taskId);
  }
  return { lifted, tasks, remaining };
}

interface StoppedTask extends Controlled {
  readonly taskId: TaskId;
}

async function stoppedTasks(tx: Tx): Promise<readonly StoppedTask[]> {
  const rows = await tx.db
    .selectFrom("tasks")
    .innerJoin("ideas", "ideas.id", "tasks.idea_id")
    .select(["tasks.id as task", "ideas.id as idea", "ideas.repository"])
    .where("tasks.state", "=", "parked")
    .where("tasks.reason", "=", "KILL_SWITCH_ACTIVE")
    .orderBy("tasks.id")
    .execute();
  return rows.map((row) => ({ taskId: idOf.task(row.task), id: idOf.idea(row.idea), repository: row.repository }));
}
