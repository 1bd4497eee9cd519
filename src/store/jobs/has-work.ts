import { readCursor } from "../events/read-cursor.ts";
import { readEvents } from "../events/read-events.ts";
import type { Reader } from "../store.ts";
import type { Instant } from "../../model/time.ts";
import { SCHEDULER } from "./turn-events-into-jobs.ts";

/** Whether a scheduler would find anything: events that no job was made of yet, or a job that is due. Takes no lock. */
export async function hasWork(reader: Reader, now: Instant): Promise<boolean> {
  const after = await readCursor(reader, SCHEDULER);
  const [event] = await readEvents(reader, { after, limit: 1 });
  if (event !== undefined) return true;
  const due = await reader.db
    .selectFrom("jobs")
    .select("id")
    .where("state", "=", "queued")
    .where("run_at", "<=", now)
    .limit(1)
    .executeTakeFirst();
  return due !== undefined;
}
