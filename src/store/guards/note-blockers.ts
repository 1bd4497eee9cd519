import type { Blocker, BlockReason } from "../../model/blocker.ts";
import type { GuardName } from "../../model/guard.ts";
import type { TaskId } from "../../model/ids.ts";
import type { Tx } from "../store.ts";
import { noteGuardFired } from "./note-guard-fired.ts";

/** The reasons that are guards; the others are the ordinary course of things. */
const GUARD_OF: Partial<Readonly<Record<BlockReason, GuardName>>> = {
  paused: "pause",
  stopped: "stop",
  already_tried: "same_head",
};

/** Notes that guards held a task back. A dispatcher asks again and again, so each hold counts once: when it is new. */
export async function noteBlockers(tx: Tx, taskId: TaskId, blockers: readonly Blocker[]): Promise<void> {
  for (const { reason, since } of blockers) {
    const guard = GUARD_OF[reason];
    if (guard === undefined || since === null) continue;
    const before = await tx.db.selectFrom("guards").select("last_at").where("name", "=", guard).executeTakeFirst();
    if (before === undefined || before.last_at < since) await noteGuardFired(tx, guard, taskId);
  }
}
