import { CHANGE_TRANSITIONS, type Change, type ChangeState } from "../../model/change.ts";
import type { ChangeId } from "../../model/ids.ts";
import { mayMove } from "../../model/transitions.ts";
import { appendEvent } from "../events/append-event.ts";
import type { Tx } from "../store.ts";
import { changeOf } from "./change-row.ts";

/** Moves a change; `null`: no such change, or no legal move from where it is. */
export async function changeChangeState(tx: Tx, id: ChangeId, to: ChangeState): Promise<Change | null> {
  const row = await tx.db.selectFrom("changes").selectAll().where("id", "=", id).executeTakeFirst();
  if (row === undefined) return null;
  const before = changeOf(row);
  if (!mayMove(CHANGE_TRANSITIONS, before.state, to)) return null;
  const moved = await tx.db
    .updateTable("changes")
    .set({ state: to, updated_at: tx.now })
    .where("id", "=", id)
    .where("state", "=", before.state)
    .returningAll()
    .executeTakeFirst();
  if (moved === undefined) return null;
  await appendEvent(tx, { type: "change.changed", key: id, payload: { from: before.state, to } });
  return changeOf(moved);
}
