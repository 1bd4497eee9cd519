import type { TaskId } from "../../model/ids.ts";
import type { Redacted } from "../../model/redacted.ts";
import { TASK_TRANSITIONS } from "../../model/task-transitions.ts";
import type { Task, TaskState } from "../../model/task.ts";
import type { Instant } from "../../model/time.ts";
import { mayMove } from "../../model/transitions.ts";
import { appendEvent } from "../events/append-event.ts";
import type { Tx } from "../store.ts";
import { taskOf } from "./task-row.ts";

export interface TaskMove {
  readonly to: TaskState;
  /** A closed word. */
  readonly reason?: string | null;
  readonly detail?: Redacted | null;
  /** Left out, a pause stays while the task stays where it is, and is over when it moves. */
  readonly notBefore?: Instant | null;
}

/**
 * Moves a task from where `seen` saw it; `null` when somebody moved it meanwhile or no rule allows the move. The only
 * place that writes a task's state without a claim.
 */
export async function moveTask(
  tx: Tx,
  seen: Pick<Task, "id" | "state" | "fence">,
  move: TaskMove,
): Promise<Task | null> {
  if (!mayMove(TASK_TRANSITIONS, seen.state, move.to)) return null;
  const row = await tx.db
    .updateTable("tasks")
    .set((eb) => ({
      state: move.to,
      reason: move.reason ?? null,
      detail: move.detail ?? null,
      not_before:
        move.notBefore === undefined && move.to === seen.state ? eb.ref("not_before") : (move.notBefore ?? null),
      updated_at: tx.now,
    }))
    .where("id", "=", seen.id)
    .where("state", "=", seen.state)
    .where("fence", "=", seen.fence)
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) return null;
  if (move.to !== seen.state) await tellMove(tx, seen, move);
  return taskOf(row);
}

async function tellMove(tx: Tx, seen: { readonly id: TaskId; readonly state: TaskState }, move: TaskMove) {
  const payload = { from: seen.state, to: move.to, ...(move.reason ? { reason: move.reason } : {}) };
  await appendEvent(tx, { type: "task.changed", key: seen.id, payload });
}
