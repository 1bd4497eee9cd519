import type { Reader } from "../store.ts";

/** How much a store covers. */
export interface StoreSpan {
  readonly sessions: number;
  /** Sessions with at least one signal of friction. */
  readonly sessionsWithFriction: number;
  /** Time of the first and the last line; `null` where no line has one. */
  readonly from: string | null;
  readonly to: string | null;
}

export async function storeSpan(reader: Reader): Promise<StoreSpan> {
  const span = await reader.db
    .selectFrom("sessions")
    .select((eb) => [
      eb.fn.countAll<number>().as("sessions"),
      eb.fn.min<string | null>("started_at").as("from"),
      eb.fn.max<string | null>("last_at").as("to"),
    ])
    .executeTakeFirstOrThrow();
  const friction = await reader.db
    .selectFrom("signals")
    .select((eb) => eb.fn.count<number>("session_id").distinct().as("sessions"))
    .where("type", "=", "friction")
    .executeTakeFirstOrThrow();
  return { ...span, sessionsWithFriction: friction.sessions };
}
