import type { Blocker } from "../../model/blocker.ts";
import type { GuardName } from "../../model/guard.ts";
import { dayOf, type Instant } from "../../model/time.ts";
import type { Reader } from "../store.ts";

/**
 * The guards among the reasons that hold a task back and have not been noted since: a dispatcher asks again and again, and
 * each hold counts once, when it is new. One that does not know since when it holds is new once a day.
 */
export async function newHolds(
  reader: Reader,
  blockers: readonly Blocker[],
  now: Instant,
): Promise<readonly GuardName[]> {
  const fresh: GuardName[] = [];
  for (const { guard, since } of blockers) {
    if (guard === undefined) continue;
    const before = await reader.db.selectFrom("guards").select("last_at").where("name", "=", guard).executeTakeFirst();
    if (before === undefined || before.last_at < (since ?? dayOf(now))) fresh.push(guard);
  }
  return fresh;
}
