import type { GuardName } from "../../model/guard.ts";
import { instantOf, msOf } from "../../model/time.ts";
import { appendEvent } from "../events/append-event.ts";
import type { Tx } from "../store.ts";

/** A caller that knocks again and again is counted each time, and told at most this often. */
const TOLD_EVERY_MS = 60_000;

/** Guards whose firing is an event of its own already: `cap.hit`, `breaker.opened`, `fence.refused`. */
const TOLD_BY_OTHERS = /^(?:cap\/|breaker$|fence\/)/;

/** Notes that a guard really held something back: how often, when last, and what. `subject` is an id or hash. */
export async function noteGuardFired(tx: Tx, guard: GuardName, subject: string): Promise<void> {
  const before = await tx.db
    .selectFrom("guards")
    .select(["last_at", "subject"])
    .where("name", "=", guard)
    .executeTakeFirst();
  await tx.db
    .insertInto("guards")
    .values({ name: guard, times: 1, last_at: tx.now, subject })
    .onConflict((conflict) =>
      conflict.column("name").doUpdateSet((eb) => ({ times: eb("guards.times", "+", 1), last_at: tx.now, subject })),
    )
    .execute();
  const told = before?.subject === subject && before.last_at > instantOf(msOf(tx.now) - TOLD_EVERY_MS);
  if (!told && !TOLD_BY_OTHERS.test(guard))
    await appendEvent(tx, { type: "guard.fired", key: guard, payload: { guard, subject } });
}
