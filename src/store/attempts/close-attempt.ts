import type { Attempt } from "../../model/attempt.ts";
import { voidApprovals } from "../approvals/void-approvals.ts";
import { noteEnding } from "../breakers/note-ending.ts";
import { appendEvent } from "../events/append-event.ts";
import { noteEndedBy } from "../guards/note-ended-by.ts";
import { settleAttempt } from "../ledger/settle-attempt.ts";
import type { Tx } from "../store.ts";
import { revokeTokens } from "../tokens/revoke-tokens.ts";
import { followAttempt } from "./follow-attempt.ts";

/**
 * Closes all that hangs on an attempt whose end has just been written, so that there is no ended attempt that still
 * holds money, tokens, questions or its task, whoever ended it.
 */
export async function closeAttempt(tx: Tx, attempt: Attempt): Promise<void> {
  await revokeTokens(tx, attempt.id);
  await voidApprovals(tx, { attemptId: attempt.id });
  await settleAttempt(tx, attempt.id);
  await noteEnding(tx, attempt);
  await noteEndedBy(tx, attempt);
  await followAttempt(tx, attempt);
  await tellEnd(tx, attempt);
}

async function tellEnd(tx: Tx, { id, taskId, outcome, failureCode, head }: Attempt): Promise<void> {
  const payload = {
    task: taskId,
    ...(outcome === null ? {} : { outcome }),
    ...(failureCode === null ? {} : { code: failureCode }),
    ...(head === null ? {} : { head }),
  };
  await appendEvent(tx, { type: "attempt.ended", key: id, payload });
}
