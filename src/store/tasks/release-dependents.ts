import type { TaskId } from "../../model/ids.ts";
import type { Tx } from "../store.ts";
import { moveTask } from "./move-task.ts";
import { taskOf } from "./task-row.ts";

/** Makes tasks ready that waited for this one alone. */
export async function releaseDependents(tx: Tx, done: TaskId): Promise<void> {
  const waiting = await tx.db
    .selectFrom("task_dependencies")
    .innerJoin("tasks", "tasks.id", "task_dependencies.task_id")
    .selectAll("tasks")
    .where("needs_id", "=", done)
    .where("tasks.state", "=", "pending")
    .execute();
  for (const row of waiting) {
    const open = await tx.db
      .selectFrom("task_dependencies")
      .innerJoin("tasks", "tasks.id", "task_dependencies.needs_id")
      .select("tasks.id")
      .where("task_id", "=", row.id)
      .where("tasks.state", "<>", "done")
      .executeTakeFirst();
    if (open === undefined) await moveTask(tx, taskOf(row), { to: "ready" });
  }
}
