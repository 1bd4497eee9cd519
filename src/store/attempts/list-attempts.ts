import type { Attempt, AttemptOutcome } from "../../model/attempt.ts";
import type { IdeaId, TaskId } from "../../model/ids.ts";
import type { Reader } from "../store.ts";
import { attemptOf } from "./attempt-row.ts";

export interface AttemptFilter {
  readonly ideaId?: IdeaId;
  readonly taskId?: TaskId;
  readonly outcome?: AttemptOutcome;
  readonly limit: number;
}

/** The latest attempts first. */
export async function listAttempts(reader: Reader, filter: AttemptFilter): Promise<readonly Attempt[]> {
  const { ideaId, taskId, outcome, limit } = filter;
  const rows = await reader.db
    .selectFrom("attempts")
    .selectAll()
    .$if(ideaId !== undefined, (query) => query.where("idea_id", "=", ideaId ?? ""))
    .$if(taskId !== undefined, (query) => query.where("task_id", "=", taskId ?? ""))
    .$if(outcome !== undefined, (query) => query.where("outcome", "=", outcome ?? ""))
    .orderBy("queued_at", "desc")
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
  return rows.map(attemptOf);
}
