import type { Instant } from "../../model/time.ts";
import type { Reader } from "../store.ts";
import { tallyOf, type Tally } from "./tally.ts";

/**
 * Tasks that came to an end of their own since then: a hit is done, a miss failed or is parked. What a person cancelled
 * or stopped says nothing about the work.
 */
export async function tallyTasks(reader: Reader, since: Instant): Promise<Tally> {
  const rows = await reader.db
    .selectFrom("tasks")
    .innerJoin("ideas", "ideas.id", "tasks.idea_id")
    .select(["tasks.state", "tasks.reason", "ideas.simulated"])
    .where("tasks.state", "in", ["done", "failed", "parked"])
    .where("tasks.updated_at", ">=", since)
    .execute();
  const ended = rows.filter(({ reason }) => reason !== "KILL_SWITCH_ACTIVE");
  return tallyOf(ended.map(({ state, simulated }) => ({ hit: state === "done", simulated: simulated === 1 })));
}

/** First attempts whose commit was checked since then; a hit passed every check at once. */
export async function tallyFirstPasses(reader: Reader, since: Instant): Promise<Tally> {
  const rows = await reader.db
    .selectFrom("checks")
    .innerJoin("attempts", "attempts.id", "checks.attempt_id")
    .select(["checks.attempt_id", "attempts.simulated"])
    .select((eb) => eb.fn.min<number>("checks.passed").as("passed"))
    .where("attempts.number", "=", 1)
    .where("attempts.ended_at", ">=", since)
    .groupBy(["checks.attempt_id", "attempts.simulated"])
    .execute();
  return tallyOf(rows.map(({ passed, simulated }) => ({ hit: passed === 1, simulated: simulated === 1 })));
}
