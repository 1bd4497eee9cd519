import { IDEA_TRANSITIONS } from "../../model/idea-transitions.ts";
import type { Idea } from "../../model/idea.ts";
import type { IdeaId } from "../../model/ids.ts";
import type { Task } from "../../model/task.ts";
import { mayMove } from "../../model/transitions.ts";
import { ideaAfterTasks } from "../../policy/attempts/idea-after-tasks.ts";
import type { Tx } from "../store.ts";
import { listTasks } from "../tasks/list-tasks.ts";
import { changeIdea } from "./change-idea.ts";
import { getIdea } from "./get-idea.ts";

/** Takes an idea where its tasks are, in the transaction that moved one of them. */
export async function followTasks(tx: Tx, id: IdeaId): Promise<void> {
  const idea = await getIdea(tx, id);
  if (idea === null) return;
  const tasks = await listTasks(tx, id);
  const to = ideaAfterTasks(
    idea.state === "paused" ? (idea.stateBefore ?? "running_tasks") : idea.state,
    tasks.map((task) => task.state),
  );
  if (to === null) return;
  if (idea.state === "paused") return await moveBehindPause(tx, idea, to);
  if (!mayMove(IDEA_TRANSITIONS, idea.state, to)) return;
  const why = tasks.find((task) => task.reason !== null && isHalted(task));
  const reason = to === "running_tasks" ? undefined : why;
  await changeIdea(tx, id, { to, reason: reason?.reason ?? null, detail: reason?.detail ?? null });
}

/** A paused idea stays paused; lifting the pause leads to where its tasks are by then. */
async function moveBehindPause(tx: Tx, idea: Idea, to: Idea["state"]): Promise<void> {
  if (to === "cancelled") return void (await changeIdea(tx, idea.id, { to }));
  await tx.db
    .updateTable("ideas")
    .set({ state_before: to, updated_at: tx.now })
    .where("id", "=", idea.id)
    .where("state", "=", "paused")
    .execute();
}

function isHalted({ state }: Task): boolean {
  return state === "awaiting_approval" || state === "parked" || state === "failed" || state === "cancelled";
}
