import type { TaskId } from "../../model/ids.ts";
import { appendEvent } from "../events/append-event.ts";
import { putStoreFact } from "../facts/put-store-fact.ts";
import type { Tx } from "../store.ts";

export interface TaskClaim {
  readonly id: TaskId;
  /** The fence that was seen: another one means that somebody else was faster. */
  readonly fence: number;
  /** The commit that the attempt starts from. */
  readonly head: string;
  /** How many attempts may be open at once, this one included. */
  readonly limits: { readonly all: number; readonly repository: number };
}

/**
 * Claims a ready task and mints the fence of its next attempt; `null`: somebody was faster, it is not its time, an
 * attempt of it is still open, or as many are open as may be. State, time and numbers are read in the claiming transaction.
 */
export async function claimTask(tx: Tx, claim: TaskClaim): Promise<number | null> {
  // One row that every claim writes first: on Postgres two claims would else count the same open attempts.
  await putStoreFact(tx, "claimed_at", tx.now);
  if (!(await hasRoom(tx, claim))) return null;
  const row = await tx.db
    .updateTable("tasks")
    .set((eb) => ({
      state: "claimed",
      fence: eb("fence", "+", 1),
      head: claim.head,
      reason: null,
      detail: null,
      not_before: null,
      updated_at: tx.now,
    }))
    .where("id", "=", claim.id)
    .where("state", "=", "ready")
    .where("fence", "=", claim.fence)
    .where((eb) => eb.or([eb("not_before", "is", null), eb("not_before", "<=", tx.now)]))
    .returning("fence")
    .executeTakeFirst();
  if (row === undefined) return null;
  await appendEvent(tx, { type: "task.changed", key: claim.id, payload: { from: "ready", to: "claimed" } });
  return row.fence;
}

async function hasRoom(tx: Tx, { id, limits }: TaskClaim): Promise<boolean> {
  const open = await tx.db
    .selectFrom("attempts")
    .innerJoin("ideas", "ideas.id", "attempts.idea_id")
    .select(["ideas.repository", "attempts.task_id"])
    .where("attempts.state", "<>", "ended")
    .execute();
  // A task that was taken out of its attempt's hands waits until that has ended.
  if (open.some((attempt) => attempt.task_id === id)) return false;
  const mine = await tx.db
    .selectFrom("tasks")
    .innerJoin("ideas", "ideas.id", "tasks.idea_id")
    .select("ideas.repository")
    .where("tasks.id", "=", id)
    .executeTakeFirst();
  const there = open.filter((attempt) => attempt.repository === mine?.repository).length;
  return open.length < limits.all && there < limits.repository;
}
