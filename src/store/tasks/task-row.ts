import type { Selectable } from "kysely";
import { idOf } from "../../model/ids.ts";
import type { Redacted } from "../../model/redacted.ts";
import { TASK_STATES, type Task } from "../../model/task.ts";
import type { Instant } from "../../model/time.ts";
import type { TasksTable } from "../delivery-tables.ts";
import { oneOf } from "../one-of.ts";

/** Only the acts of this room write these rows, so text is redacted and times are instants. */
export function taskOf(row: Selectable<TasksTable>): Task {
  return {
    id: idOf.task(row.id),
    ideaId: idOf.idea(row.idea_id),
    planId: idOf.plan(row.plan_id),
    number: row.number,
    title: row.title as Redacted,
    brief: row.brief as Redacted,
    state: oneOf(TASK_STATES, row.state, "tasks.state"),
    reason: row.reason,
    detail: row.detail as Redacted | null,
    fence: row.fence,
    head: row.head,
    signalAt: row.signal_at as Instant,
    notBefore: row.not_before as Instant | null,
    createdAt: row.created_at as Instant,
    updatedAt: row.updated_at as Instant,
  };
}
