import type { TaskId } from "../../model/ids.ts";
import type { Task } from "../../model/task.ts";
import type { Reader } from "../store.ts";
import { taskOf } from "./task-row.ts";

/** `null` when there is no such task. */
export async function getTask(reader: Reader, id: TaskId): Promise<Task | null> {
  const row = await reader.db.selectFrom("tasks").selectAll().where("id", "=", id).executeTakeFirst();
  return row === undefined ? null : taskOf(row);
}
