import type { TaskId } from "../../model/ids.ts";
import { isFromOutside, isFromPerson, type TaskSignal } from "../../model/task-signal.ts";
import { followTasks } from "../ideas/follow-tasks.ts";
import type { Tx } from "../store.ts";
import { getTask } from "./get-task.ts";
import { moveTask } from "./move-task.ts";

/** `lifted`: it may be tried again · `noted`: it was not held back, or only a person frees it · `ignored`: our own doing, no such task, or done with. */
export type Signalled = "lifted" | "noted" | "ignored";

/**
 * Says that something outside happened to a task. This alone lifts a park or a failure, and lets the same work be tried
 * on the same head again.
 */
export async function signalTask(tx: Tx, id: TaskId, signal: TaskSignal): Promise<Signalled> {
  const task = isFromOutside(signal) ? await getTask(tx, id) : null;
  if (task === null || task.state === "done" || task.state === "cancelled") return "ignored";
  await tx.db.updateTable("tasks").set({ signal_at: tx.now }).where("id", "=", id).execute();
  const isCapped = task.state === "parked" && task.reason?.startsWith("CAP_") === true;
  if (isCapped && !isFromPerson(signal)) return "noted";
  const isHeld = task.state === "parked" || task.state === "failed";
  if (!isHeld && task.notBefore === null) return "noted";
  const lifted = await moveTask(tx, task, {
    to: isHeld ? "ready" : task.state,
    reason: isHeld ? signal : task.reason,
    detail: isHeld ? null : task.detail,
    notBefore: null,
  });
  if (lifted === null) return "noted";
  await followTasks(tx, task.ideaId);
  return isHeld ? "lifted" : "noted";
}
