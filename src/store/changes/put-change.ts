import type { Change } from "../../model/change.ts";
import { newId } from "../../model/ids.ts";
import { msOf } from "../../model/time.ts";
import { appendEvent } from "../events/append-event.ts";
import { bit } from "../put-rows.ts";
import type { Tx } from "../store.ts";
import { changeOf } from "./change-row.ts";

export type ChangeDraft = Omit<Change, "id" | "state" | "createdAt" | "updatedAt">;

/** Writes what an attempt changed. An attempt has one change: putting it again answers with the first. */
export async function putChange(tx: Tx, draft: ChangeDraft): Promise<Change> {
  const row = await tx.db
    .insertInto("changes")
    .values({
      id: newId.change(msOf(tx.now)),
      idea_id: draft.ideaId,
      task_id: draft.taskId,
      attempt_id: draft.attemptId,
      repository: draft.repository,
      branch: draft.branch,
      target_branch: draft.targetBranch,
      base: draft.base,
      head: draft.head,
      files: draft.files,
      lines: draft.lines,
      diff_sha256: draft.diffSha256,
      state: "local",
      simulated: bit(draft.simulated),
      created_at: tx.now,
      updated_at: tx.now,
    })
    .onConflict((conflict) => conflict.column("attempt_id").doNothing())
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) return await putBefore(tx, draft);
  const payload = { attempt: draft.attemptId, head: draft.head, files: draft.files, lines: draft.lines };
  await appendEvent(tx, { type: "change.recorded", key: row.id, payload });
  return changeOf(row);
}

async function putBefore(tx: Tx, { attemptId }: ChangeDraft): Promise<Change> {
  const row = await tx.db
    .selectFrom("changes")
    .selectAll()
    .where("attempt_id", "=", attemptId)
    .executeTakeFirstOrThrow();
  return changeOf(row);
}
