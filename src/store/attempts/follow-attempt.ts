import type { Attempt } from "../../model/attempt.ts";
import type { TaskId } from "../../model/ids.ts";
import type { TaskState } from "../../model/task.ts";
import { instantOf, msOf, type Instant } from "../../model/time.ts";
import { retryClassOf, taskAfterAttempt, type Streak } from "../../policy/attempts/after-attempt.ts";
import { followTasks } from "../ideas/follow-tasks.ts";
import type { Tx } from "../store.ts";
import { getTask } from "../tasks/get-task.ts";
import { moveTask } from "../tasks/move-task.ts";
import { listAttempts } from "./list-attempts.ts";

const IN_HAND: readonly TaskState[] = ["claimed", "running", "verifying"];

/** Longer streaks make no difference. */
const LOOK_BACK = 20;

/** Takes the task where the end of its attempt leads, and the idea with it. A task that is not in its hands is left alone. */
export async function followAttempt(tx: Tx, attempt: Attempt): Promise<void> {
  const task = await getTask(tx, attempt.taskId);
  if (task === null || task.fence !== attempt.fence || attempt.outcome === null || !IN_HAND.includes(task.state))
    return;
  const end = { outcome: attempt.outcome, code: attempt.failureCode };
  const { to, reason, pauseMs } = taskAfterAttempt(end, await streakOf(tx, attempt, task.signalAt));
  const notBefore = pauseMs === 0 ? null : instantOf(msOf(tx.now) + pauseMs);
  await moveTask(tx, task, { to, reason, detail: attempt.failureDetail, notBefore });
  await followTasks(tx, task.ideaId);
}

/** The endings before this one that say nothing about the task, back to the first that does or to the last signal. */
async function streakOf(
  tx: Tx,
  ended: { readonly id: string; readonly taskId: TaskId },
  signalAt: Instant,
): Promise<Streak> {
  const attempts = await listAttempts(tx, { taskId: ended.taskId, limit: LOOK_BACK });
  let losses = 0;
  let waits = 0;
  for (const attempt of attempts) {
    if (attempt.id === ended.id) continue;
    if (attempt.outcome === null || attempt.endedAt === null || attempt.endedAt < signalAt) break;
    const retry = retryClassOf({ outcome: attempt.outcome, code: attempt.failureCode });
    if (retry === "again") losses += 1;
    else if (retry === "wait") waits += 1;
    else break;
  }
  return { losses, waits };
}
