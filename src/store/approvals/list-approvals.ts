import type { Approval, ApprovalState } from "../../model/approval.ts";
import type { AttemptId, IdeaId, TaskId } from "../../model/ids.ts";
import type { Reader } from "../store.ts";
import { approvalOf } from "./approval-row.ts";

export interface ApprovalsQuery {
  readonly state?: ApprovalState;
  readonly ideaId?: IdeaId;
  readonly taskId?: TaskId;
  readonly attemptId?: AttemptId;
  readonly limit?: number;
}

/** Questions that were asked, the oldest first; without `state` those that have their answer too. */
export async function listApprovals(reader: Reader, query: ApprovalsQuery = {}): Promise<readonly Approval[]> {
  const { state, ideaId, taskId, attemptId, limit } = query;
  const rows = await reader.db
    .selectFrom("approvals")
    .selectAll()
    .$if(state !== undefined, (select) => select.where("state", "=", state ?? ""))
    .$if(ideaId !== undefined, (select) => select.where("idea_id", "=", ideaId ?? ""))
    .$if(taskId !== undefined, (select) => select.where("task_id", "=", taskId ?? ""))
    .$if(attemptId !== undefined, (select) => select.where("attempt_id", "=", attemptId ?? ""))
    .orderBy("asked_at")
    .orderBy("id")
    .$if(limit !== undefined, (select) => select.limit(limit ?? 0))
    .execute();
  return rows.map(approvalOf);
}
