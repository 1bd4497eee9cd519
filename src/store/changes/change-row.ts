import type { Selectable } from "kysely";
import { CHANGE_STATES, type Change } from "../../model/change.ts";
import { idOf } from "../../model/ids.ts";
import type { Instant } from "../../model/time.ts";
import type { ChangesTable } from "../delivery-tables.ts";
import { oneOf } from "../one-of.ts";

export function changeOf(row: Selectable<ChangesTable>): Change {
  return {
    id: idOf.change(row.id),
    ideaId: idOf.idea(row.idea_id),
    taskId: idOf.task(row.task_id),
    attemptId: idOf.attempt(row.attempt_id),
    repository: row.repository,
    branch: row.branch,
    targetBranch: row.target_branch,
    base: row.base,
    head: row.head,
    files: row.files,
    lines: row.lines,
    diffSha256: row.diff_sha256,
    state: oneOf(CHANGE_STATES, row.state, "changes.state"),
    simulated: row.simulated === 1,
    // Only `putChange` and `changeChangeState` write these rows.
    createdAt: row.created_at as Instant,
    updatedAt: row.updated_at as Instant,
  };
}
