import { parseJson, stringAt } from "../../kit/json.ts";
import { msOf, type Instant } from "../../model/time.ts";
import type { Reader } from "../store.ts";

export interface QueueWaits {
  /** Minutes from being ready to an attempt's start, of real attempts, unsorted. */
  readonly minutes: readonly number[];
  readonly simulated: number;
}

/** Tasks asked for in one statement. */
const TASKS_AT_ONCE = 500;

/** How long each task that was started since then had stood ready; what held it back in that time is part of it. */
export async function listQueueWaits(reader: Reader, since: Instant): Promise<QueueWaits> {
  const started = await reader.db
    .selectFrom("attempts")
    .innerJoin("tasks", "tasks.id", "attempts.task_id")
    .select(["attempts.task_id", "attempts.queued_at", "attempts.started_at", "attempts.simulated", "tasks.created_at"])
    .where("attempts.started_at", ">=", since)
    .execute();
  const real = started.filter(({ simulated }) => simulated === 0);
  const ready = await readyTimes(reader, [...new Set(real.map((row) => row.task_id))]);
  const minutes = real.map((row) => {
    const times = (ready.get(row.task_id) ?? []).filter((at) => at <= row.queued_at);
    const from = times.toSorted().at(-1) ?? row.created_at;
    // Only acts write these columns.
    return (msOf(row.started_at as Instant) - msOf(from as Instant)) / 60_000;
  });
  return { minutes, simulated: started.length - real.length };
}

async function readyTimes(reader: Reader, ids: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
  const times = new Map<string, string[]>();
  for (let from = 0; from < ids.length; from += TASKS_AT_ONCE) {
    const rows = await reader.db
      .selectFrom("events")
      .select(["key", "at", "payload"])
      .where("type", "=", "task.changed")
      .where("key", "in", ids.slice(from, from + TASKS_AT_ONCE))
      .execute();
    for (const { key, at, payload } of rows) {
      if (stringAt(parseJson(payload), "to") === "ready") times.set(key, [...(times.get(key) ?? []), at]);
    }
  }
  return times;
}
