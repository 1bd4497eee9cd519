import type { Attempt, AttemptOutcome } from "../../model/attempt.ts";
import { isAttemptFailureCode, type AttemptFailureCode } from "../../model/attempt-failure.ts";
import type { SessionId } from "../../model/ids.ts";
import type { Redacted } from "../../model/redacted.ts";
import { failureSignature } from "../../policy/failure-signature.ts";
import type { Tx } from "../store.ts";
import { attemptOf } from "./attempt-row.ts";
import { closeAttempt } from "./close-attempt.ts";
import { getAttempt } from "./get-attempt.ts";
import { refuseFence, type AttemptClaim } from "./refuse-fence.ts";

export interface Ending {
  readonly outcome: AttemptOutcome;
  readonly failure: { readonly code: AttemptFailureCode; readonly detail: Redacted } | null;
  /** The commit it made. */
  readonly head: string | null;
  /** `null` keeps what heartbeats have told. */
  readonly sessionId: SessionId | null;
  readonly turns: number | null;
  readonly toolCalls: number | null;
}

/**
 * Ends an attempt, closes all that hangs on it and takes its task where that leads; `done` is for integration to say.
 * `null`: refused, it is somebody else's or has ended.
 */
export async function endAttempt(tx: Tx, claim: AttemptClaim, ending: Ending): Promise<Attempt | null> {
  const before = await getAttempt(tx, claim.id);
  if (before === null || before.fence !== claim.fence || !mayEnd(before, ending)) return await refused(tx, claim);
  const { outcome, failure } = asIntended(before, ending);
  const row = await tx.db
    .updateTable("attempts")
    .set({
      state: "ended",
      outcome,
      failure_code: failure?.code ?? null,
      failure_detail: failure?.detail ?? null,
      signature: failure === null ? null : failureSignature(failure.code, failure.detail),
      head: ending.head,
      session_id: ending.sessionId ?? before.sessionId,
      turns: ending.turns ?? before.turns,
      tool_calls: ending.toolCalls ?? before.toolCalls,
      lease_until: null,
      ended_at: tx.now,
    })
    .where("id", "=", claim.id)
    .where("fence", "=", claim.fence)
    .where("state", "=", before.state)
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) return await refused(tx, claim);
  const attempt = attemptOf(row);
  await closeAttempt(tx, attempt);
  return attempt;
}

/** What has ended stays so, and what never began cannot have succeeded. */
function mayEnd({ state }: Attempt, { outcome }: Ending): boolean {
  return state !== "ended" && (state !== "queued" || outcome !== "succeeded");
}

/** A success that comes after somebody wanted it stopped at once is not taken: the wish is read again at the end. */
function asIntended(before: Attempt, ending: Ending): Pick<Ending, "outcome" | "failure"> {
  if (before.stop !== "now" || ending.outcome !== "succeeded") return ending;
  const reason = before.stopReason ?? "";
  const code = isAttemptFailureCode(reason) ? reason : "CANCELLED";
  // Our own fixed words hold no secret.
  return {
    outcome: "cancelled",
    failure: { code, detail: "It was stopped before it said that it was done." as Redacted },
  };
}

async function refused(tx: Tx, claim: AttemptClaim): Promise<null> {
  await refuseFence(tx, claim, "end");
  return null;
}
