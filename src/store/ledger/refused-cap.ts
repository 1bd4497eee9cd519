import { CAP_UNITS, type CapUnit } from "../../model/cap.ts";
import type { AttemptId } from "../../model/ids.ts";
import type { Reader } from "../store.ts";

const CAP_ERRORS = CAP_UNITS.map((unit) => `cap_${unit}`);

/** The unit of the cap that first refused a request of an attempt; `null`: none has. */
export async function refusedCap(reader: Reader, attemptId: AttemptId): Promise<CapUnit | null> {
  const row = await reader.db
    .selectFrom("ledger")
    .select("error")
    .where("attempt_id", "=", attemptId)
    .where("state", "=", "refused")
    .where("error", "in", CAP_ERRORS)
    .orderBy("at")
    .orderBy("id")
    .limit(1)
    .executeTakeFirst();
  return CAP_UNITS.find((unit) => row?.error === `cap_${unit}`) ?? null;
}
