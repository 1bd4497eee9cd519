import type { StopWish } from "../../model/attempt.ts";
import { isAttemptFailureCode, type AttemptFailureCode } from "../../model/attempt-failure.ts";
import type { SessionId } from "../../model/ids.ts";
import { instantOf, msOf } from "../../model/time.ts";
import type { Tx } from "../store.ts";
import { refuseFence, type AttemptClaim } from "./refuse-fence.ts";

export interface Beat {
  /** Milliseconds. */
  readonly leaseMs: number;
  readonly turns: number;
  readonly toolCalls: number;
  readonly sessionId: SessionId | null;
}

export interface Beaten {
  /** What is wanted of it; `null`: go on. */
  readonly stop: { readonly wish: StopWish; readonly code: AttemptFailureCode } | null;
}

/** Keeps the lease of a started attempt and says what is wanted of it. `null`: refused, it is somebody else's or has ended. */
export async function beatAttempt(tx: Tx, claim: AttemptClaim, beat: Beat): Promise<Beaten | null> {
  const row = await tx.db
    .updateTable("attempts")
    .set((eb) => ({
      lease_until: instantOf(msOf(tx.now) + beat.leaseMs),
      turns: beat.turns,
      tool_calls: beat.toolCalls,
      // A session once known stays known.
      session_id: beat.sessionId ?? eb.ref("session_id"),
    }))
    .where("id", "=", claim.id)
    .where("fence", "=", claim.fence)
    .where("state", "in", ["running", "verifying"])
    .returning(["stop", "stop_reason"])
    .executeTakeFirst();
  if (row !== undefined) return { stop: stopOf(row.stop, row.stop_reason) };
  await refuseFence(tx, claim, "beat");
  return null;
}

function stopOf(wish: string | null, reason: string | null): Beaten["stop"] {
  if (wish === null) return null;
  const code = reason !== null && isAttemptFailureCode(reason) ? reason : "CANCELLED";
  return { wish: wish === "now" ? "now" : "safe", code };
}
