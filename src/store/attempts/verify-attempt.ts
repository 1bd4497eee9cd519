import type { Attempt } from "../../model/attempt.ts";
import { appendEvent } from "../events/append-event.ts";
import type { Tx } from "../store.ts";
import { getTask } from "../tasks/get-task.ts";
import { moveTask } from "../tasks/move-task.ts";
import { attemptOf } from "./attempt-row.ts";
import { getAttempt } from "./get-attempt.ts";
import { refuseFence, type AttemptClaim } from "./refuse-fence.ts";

/** The agent is done and its work is being checked. Saying it again changes nothing; `null`: refused. */
export async function verifyAttempt(tx: Tx, claim: AttemptClaim): Promise<Attempt | null> {
  const row = await tx.db
    .updateTable("attempts")
    .set({ state: "verifying" })
    .where("id", "=", claim.id)
    .where("fence", "=", claim.fence)
    .where("state", "=", "running")
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) return await verifyingBefore(tx, claim);
  const attempt = attemptOf(row);
  const task = await getTask(tx, attempt.taskId);
  if (task?.fence === attempt.fence) await moveTask(tx, task, { to: "verifying" });
  await appendEvent(tx, { type: "attempt.verifying", key: claim.id, payload: { task: row.task_id } });
  return attempt;
}

async function verifyingBefore(tx: Tx, claim: AttemptClaim): Promise<Attempt | null> {
  const attempt = await getAttempt(tx, claim.id);
  if (attempt?.state === "verifying" && attempt.fence === claim.fence) return attempt;
  await refuseFence(tx, claim, "verify");
  return null;
}
