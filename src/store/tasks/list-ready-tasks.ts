import type { IdeaId } from "../../model/ids.ts";
import type { Task } from "../../model/task.ts";
import type { Reader } from "../store.ts";
import { taskOf } from "./task-row.ts";

export interface ReadyFilter {
  /** This idea's alone; `null`: all ideas'. */
  readonly only: IdeaId | null;
  readonly limit: number;
}

/** Tasks that nobody works on and that could be tried, the oldest first; also those that something still holds back. */
export async function listReadyTasks(reader: Reader, { only, limit }: ReadyFilter): Promise<readonly Task[]> {
  const rows = await reader.db
    .selectFrom("tasks")
    .selectAll()
    .where("state", "=", "ready")
    .$if(only !== null, (query) => query.where("idea_id", "=", only ?? ""))
    .orderBy("created_at")
    .orderBy("id")
    .limit(limit)
    .execute();
  return rows.map(taskOf);
}
