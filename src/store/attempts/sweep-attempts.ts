import type { Attempt } from "../../model/attempt.ts";
import { isAttemptFailureCode, type AttemptFailureCode } from "../../model/attempt-failure.ts";
import type { IsDead } from "../../model/holder.ts";
import type { Redacted } from "../../model/redacted.ts";
import { instantBefore, msOf, type Instant } from "../../model/time.ts";
import { listApprovals } from "../approvals/list-approvals.ts";
import type { Tx } from "../store.ts";
import { waitedMs } from "../approvals/waited-ms.ts";
import { endAttempt, type Ending } from "./end-attempt.ts";
import { openAttempts } from "./open-attempts.ts";

/** So long a queued attempt may wait for a runner that nobody has started; its job starts it again until then. */
const QUEUED_AT_MOST_MS = 600_000;

type End = Pick<Ending, "outcome"> & { readonly code: AttemptFailureCode; readonly detail: string };

/**
 * Ends attempts whose runner is gone or silent, and those past their deadline. From then on their fence is refused.
 * Returns them, so that what may still run of them is stopped through the engine.
 */
export async function sweepAttempts(tx: Tx, isDead: IsDead): Promise<readonly Attempt[]> {
  const swept: Attempt[] = [];
  for (const attempt of await openAttempts(tx)) {
    const end = lostEnd(attempt, { now: tx.now, isDead }) ?? (await lateEnd(tx, attempt));
    if (end === null || !(await isAsJudged(tx, attempt))) continue;
    const { outcome, code, detail } = end;
    const ended = await endAttempt(tx, attempt, {
      outcome,
      // Our own fixed words hold no secret.
      failure: { code, detail: detail as Redacted },
      head: null,
      sessionId: null,
      turns: null,
      toolCalls: null,
    });
    if (ended !== null) swept.push(ended);
  }
  return swept;
}

/** Takes the row as it was judged: on Postgres a heartbeat or another sweep may have come in between. */
async function isAsJudged(tx: Tx, { id, fence, state, leaseUntil }: Attempt): Promise<boolean> {
  const rows = await tx.db
    .updateTable("attempts")
    .set({ fence })
    .where("id", "=", id)
    .where("fence", "=", fence)
    .where("state", "=", state)
    .where("lease_until", leaseUntil === null ? "is" : "=", leaseUntil)
    .returning("id")
    .execute();
  return rows.length === 1;
}

function lostEnd(attempt: Attempt, { now, isDead }: { readonly now: Instant; readonly isDead: IsDead }): End | null {
  const isGone = attempt.holder !== null && isDead(attempt.holder);
  const isSilent = attempt.leaseUntil !== null && attempt.leaseUntil < now;
  const longAgo = instantBefore(now, QUEUED_AT_MOST_MS);
  const isForgotten = attempt.holder === null && longAgo !== null && attempt.queuedAt < longAgo;
  if (isLeft(attempt, isDead))
    return { outcome: "lost", code: "NOT_STARTED", detail: "Who claimed it ended before its runner began." };
  if (!isGone && !isSilent && !isForgotten) return null;
  if (attempt.state === "queued") return { outcome: "lost", code: "NOT_STARTED", detail: "Its runner never called." };
  // Its runner was told to end and did: that is an end by wish, whether or not it could still say so.
  if (attempt.stop === "now") return wishedEnd(attempt);
  const detail = isGone ? "Its runner is gone." : "Its runner has not called for too long.";
  return { outcome: "lost", code: "RUNNER_LOST", detail };
}

/** Nobody has placed a runner for it, and the process that claimed it is gone. */
function isLeft({ state, leaseUntil, dispatcher }: Attempt, isDead: IsDead): boolean {
  return state === "queued" && leaseUntil === null && dispatcher !== null && isDead(dispatcher);
}

/** Time that it waited for people does not count, unless somebody wants it ended. */
async function lateEnd(tx: Tx, attempt: Attempt): Promise<End | null> {
  if (attempt.deadline === null || attempt.deadline >= tx.now) return null;
  if (attempt.stop === "now") return wishedEnd(attempt);
  const asked = await listApprovals(tx, { attemptId: attempt.id });
  if (msOf(attempt.deadline) + waitedMs(asked, tx.now) >= msOf(tx.now)) return null;
  return { outcome: "capped", code: "CAP_MINUTES", detail: "It ran longer than it may." };
}

function wishedEnd({ stopReason }: Attempt): End {
  const code = stopReason !== null && isAttemptFailureCode(stopReason) ? stopReason : "CANCELLED";
  return { outcome: "cancelled", code, detail: "It was stopped." };
}
