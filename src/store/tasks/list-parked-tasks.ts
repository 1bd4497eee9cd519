import type { Task } from "../../model/task.ts";
import type { Reader } from "../store.ts";
import { taskOf } from "./task-row.ts";

/** Parked tasks whose reason begins with these letters, the oldest first. */
export async function listParkedTasks(
  reader: Reader,
  { reason }: { readonly reason: string },
): Promise<readonly Task[]> {
  const rows = await reader.db
    .selectFrom("tasks")
    .selectAll()
    .where("state", "=", "parked")
    .orderBy("created_at")
    .orderBy("id")
    .execute();
  return rows.map(taskOf).filter((task) => task.reason?.startsWith(reason) === true);
}
