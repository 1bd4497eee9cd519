import { idOf, newId, type IdeaId, type PlanId, type TaskId } from "../../model/ids.ts";
import type { Plan } from "../../model/plan.ts";
import type { Redacted } from "../../model/redacted.ts";
import { msOf } from "../../model/time.ts";
import { appendEvent } from "../events/append-event.ts";
import { putRows } from "../put-rows.ts";
import type { Tx } from "../store.ts";

export interface TaskDraft {
  readonly title: Redacted;
  readonly brief: Redacted;
  /** Places in the list of the tasks that have to be done before, from 0. The order has no circles: the planner checks. */
  readonly needs: readonly number[];
}

export interface PlanDraft {
  readonly ideaId: IdeaId;
  readonly source: Plan["source"];
  readonly hash: string;
  readonly tasks: readonly TaskDraft[];
}

/** Writes a plan with its tasks. An idea has one plan: a second one changes nothing, and the answer is `null`. */
export async function putPlan(tx: Tx, draft: PlanDraft): Promise<Plan | null> {
  // The idea's row first: on Postgres two planners would else both see no plan.
  await tx.db.updateTable("ideas").set({ updated_at: tx.now }).where("id", "=", draft.ideaId).execute();
  const before = await tx.db.selectFrom("plans").select("id").where("idea_id", "=", draft.ideaId).executeTakeFirst();
  if (before !== undefined) return null;
  const plan = {
    id: newId.plan(msOf(tx.now)),
    idea_id: draft.ideaId,
    source: draft.source,
    hash: draft.hash,
    created_at: tx.now,
  };
  await tx.db.insertInto("plans").values(plan).execute();
  await putTasks(tx, draft, plan.id);
  const payload = { plan: plan.id, tasks: draft.tasks.length, source: draft.source };
  await appendEvent(tx, { type: "plan.ready", key: draft.ideaId, payload });
  return {
    id: idOf.plan(plan.id),
    ideaId: draft.ideaId,
    source: draft.source,
    hash: draft.hash,
    createdAt: plan.created_at,
  };
}

async function putTasks(tx: Tx, draft: PlanDraft, planId: PlanId): Promise<void> {
  const ids = draft.tasks.map((_, index) => newId.task(msOf(tx.now), index));
  const rows = draft.tasks.map((task, index) => ({
    id: idAt(ids, index),
    idea_id: draft.ideaId,
    plan_id: planId,
    number: index + 1,
    title: task.title,
    brief: task.brief,
    state: task.needs.length === 0 ? "ready" : "pending",
    reason: null,
    detail: null,
    fence: 0,
    head: null,
    signal_at: tx.now,
    not_before: null,
    created_at: tx.now,
    updated_at: tx.now,
  }));
  await putRows(tx, "tasks", { key: ["id"], then: "ignore", rows });
  const needs = draft.tasks.flatMap((task, index) =>
    task.needs.map((need) => ({ task_id: idAt(ids, index), needs_id: idAt(ids, need) })),
  );
  await putRows(tx, "task_dependencies", { key: ["task_id", "needs_id"], then: "ignore", rows: needs });
}

function idAt(ids: readonly TaskId[], index: number): TaskId {
  const id = ids[index];
  if (id === undefined)
    throw new Error(`A plan of ${ids.length} tasks needs its task ${index}, which it does not have.`);
  return id;
}
