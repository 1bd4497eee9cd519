import type { Attempt } from "../../model/attempt.ts";
import type { Holder } from "../../model/holder.ts";
import { instantOf, msOf } from "../../model/time.ts";
import { appendEvent } from "../events/append-event.ts";
import type { Tx } from "../store.ts";
import { getTask } from "../tasks/get-task.ts";
import { moveTask } from "../tasks/move-task.ts";
import { attemptOf } from "./attempt-row.ts";
import { getAttempt } from "./get-attempt.ts";
import { refuseFence, type AttemptClaim } from "./refuse-fence.ts";

export interface StartWish extends AttemptClaim {
  readonly holder: Holder;
  /** How long it may stay silent, milliseconds. */
  readonly leaseMs: number;
  /** After so many milliseconds it is ended from outside; longer than its own minutes, which it keeps itself. */
  readonly deadlineMs: number;
}

/** A runner begins: once per fence, and again only from the same holder, whose answer may have been lost. `null`: refused. */
export async function startAttempt(tx: Tx, wish: StartWish): Promise<Attempt | null> {
  const row = await tx.db
    .updateTable("attempts")
    .set({
      state: "running",
      holder: wish.holder,
      lease_until: instantOf(msOf(tx.now) + wish.leaseMs),
      deadline: instantOf(msOf(tx.now) + wish.deadlineMs),
      started_at: tx.now,
    })
    .where("id", "=", wish.id)
    .where("state", "=", "queued")
    .where("fence", "=", wish.fence)
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) return await startedBefore(tx, wish);
  const attempt = attemptOf(row);
  const task = await getTask(tx, attempt.taskId);
  if (task?.fence === attempt.fence) await moveTask(tx, task, { to: "running" });
  await appendEvent(tx, { type: "attempt.started", key: wish.id, payload: { task: row.task_id, fence: wish.fence } });
  return attempt;
}

async function startedBefore(tx: Tx, wish: StartWish): Promise<Attempt | null> {
  const attempt = await getAttempt(tx, wish.id);
  const isSame = attempt?.state === "running" && attempt.fence === wish.fence && attempt.holder === wish.holder;
  if (isSame) return attempt;
  await refuseFence(tx, wish, "start");
  return null;
}
