import type { Blocker, BlockReason } from "../../model/blocker.ts";
import type { GuardName } from "../../model/guard.ts";
import type { Reader } from "../store.ts";

/** The reasons that are guards; the others are the ordinary course of things. */
const GUARD_OF: Partial<Readonly<Record<BlockReason, GuardName>>> = {
  paused: "pause",
  stopped: "stop",
  already_tried: "same_head",
};

/**
 * The guards among the reasons that hold a task back and have not been noted since: a dispatcher asks again and again, and
 * each hold counts once, when it is new.
 */
export async function newHolds(reader: Reader, blockers: readonly Blocker[]): Promise<readonly GuardName[]> {
  const fresh: GuardName[] = [];
  for (const { reason, since } of blockers) {
    const guard = GUARD_OF[reason];
    if (guard === undefined || since === null) continue;
    const before = await reader.db.selectFrom("guards").select("last_at").where("name", "=", guard).executeTakeFirst();
    if (before === undefined || before.last_at < since) fresh.push(guard);
  }
  return fresh;
}
