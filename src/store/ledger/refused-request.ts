import { capScopeOf, type CapUnit } from "../../model/cap.ts";
import type { AttemptId } from "../../model/ids.ts";
import { listCaps } from "../caps/list-caps.ts";
import type { Reader } from "../store.ts";
import { refusedCap } from "./refused-cap.ts";

/** The request that a cap of an attempt first refused: amounts are whole numbers of the unit. */
export interface RefusedRequest {
  readonly unit: CapUnit;
  /** What the attempt would have used with it. */
  readonly wanted: number;
  readonly cap: number;
}

/** `null`: no cap of its own has refused the attempt anything. */
export async function refusedRequest(reader: Reader, attemptId: AttemptId): Promise<RefusedRequest | null> {
  const unit = await refusedCap(reader, attemptId);
  if (unit === null || unit === "sessions") return null;
  const row = await reader.db
    .selectFrom("ledger")
    .select(["reserved_tokens", "reserved_usd"])
    .where("attempt_id", "=", attemptId)
    .where("state", "=", "refused")
    .where("error", "=", `cap_${unit}`)
    .orderBy("at")
    .orderBy("id")
    .limit(1)
    .executeTakeFirstOrThrow();
  const caps = await listCaps(reader, [capScopeOf.attempt(attemptId)]);
  const own = caps.find((cap) => cap.unit === unit);
  if (own === undefined || own.cap === null) return null;
  const asked = unit === "responses" ? 1 : unit === "usd" ? (row.reserved_usd ?? 0) : row.reserved_tokens;
  return { unit, wanted: own.spent + own.reserved + asked, cap: own.cap };
}
