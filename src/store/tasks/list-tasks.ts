import type { IdeaId } from "../../model/ids.ts";
import type { Task } from "../../model/task.ts";
import type { Reader } from "../store.ts";
import { taskOf } from "./task-row.ts";

/** The tasks of an idea in their order. */
export async function listTasks(reader: Reader, ideaId: IdeaId): Promise<readonly Task[]> {
  const rows = await reader.db
    .selectFrom("tasks")
    .selectAll()
    .where("idea_id", "=", ideaId)
    .orderBy("number")
    .execute();
  return rows.map(taskOf);
}
