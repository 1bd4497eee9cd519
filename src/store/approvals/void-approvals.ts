import type { Approval } from "../../model/approval.ts";
import type { AttemptId, TaskId } from "../../model/ids.ts";
import type { Tx } from "../store.ts";
import { approvalOf } from "./approval-row.ts";
import { tellDecided } from "./tell-decided.ts";

/** Whose open questions nobody need answer: those of one attempt, or of all attempts of a task. */
export type Asker = { readonly attemptId: AttemptId } | { readonly taskId: TaskId };

/** Takes back the open questions of an attempt that ended, or of a task whose change has been made anew. */
export async function voidApprovals(tx: Tx, asker: Asker): Promise<readonly Approval[]> {
  const open = tx.db.updateTable("approvals").set({ state: "void", decided_at: tx.now }).where("state", "=", "asked");
  const theirs =
    "attemptId" in asker ? open.where("attempt_id", "=", asker.attemptId) : open.where("task_id", "=", asker.taskId);
  const voided = (await theirs.returningAll().execute()).map(approvalOf);
  for (const approval of voided) await tellDecided(tx, approval);
  return voided;
}
