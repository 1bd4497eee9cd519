import { ATTEMPT_FAILURES, isAttemptFailureCode } from "../../model/attempt-failure.ts";
import { capScopeOf, type CapScope } from "../../model/cap.ts";
import { idOf, type AttemptId, type IdeaId, type TaskId } from "../../model/ids.ts";
import { dayOf, type Instant } from "../../model/time.ts";
import type { Tx } from "../store.ts";

/** What an attempt's money goes by, from its reservation to the last late answer. */
export interface Account {
  readonly attemptId: AttemptId;
  readonly ideaId: IdeaId;
  readonly taskId: TaskId;
  readonly role: string;
  readonly simulated: boolean;
  /** Whether its reservation stands. */
  readonly open: boolean;
  readonly sessionId: string | null;
  /** It ended in a way that says nothing about its task: lost, or a provider's or machine's trouble. */
  readonly endedByOthers: boolean;
  /** The day it was admitted on: it is charged to that one, also after midnight. */
  readonly day: string;
}

/**
 * The account of an attempt, held until the transaction ends; `null` when nothing was ever reserved for it. Reserving a
 * request, settling one and closing the account all begin here, so they follow one another: no request slips into an
 * account that is being closed.
 */
export async function holdAccount(tx: Tx, attemptId: AttemptId): Promise<Account | null> {
  await tx.db
    .updateTable("caps")
    .set({ updated_at: tx.now })
    .where("scope", "=", capScopeOf.attempt(attemptId))
    .where("unit", "=", "usd")
    .execute();
  const row = await tx.db
    .selectFrom("ledger")
    .innerJoin("attempts", "attempts.id", "ledger.attempt_id")
    .select(["ledger.at", "ledger.state", "ledger.role", "attempts.idea_id", "attempts.task_id", "attempts.simulated"])
    .select(["attempts.session_id", "attempts.outcome", "attempts.failure_code"])
    .where("ledger.attempt_id", "=", attemptId)
    .where("ledger.kind", "=", "attempt")
    .executeTakeFirst();
  if (row === undefined) return null;
  return {
    attemptId,
    ideaId: idOf.idea(row.idea_id),
    taskId: idOf.task(row.task_id),
    role: row.role,
    simulated: row.simulated === 1,
    open: row.state === "reserved",
    sessionId: row.session_id,
    endedByOthers: isByOthers(row.outcome, row.failure_code),
    // Only `reserveAttempt` writes the column.
    day: dayOf(row.at as Instant),
  };
}

function isByOthers(outcome: string | null, code: string | null): boolean {
  if (outcome !== "failed") return outcome === "lost";
  return code !== null && isAttemptFailureCode(code) && ATTEMPT_FAILURES[code].retry !== "terminal";
}

/** The scopes around an attempt that its tokens and money count in, from the narrowest. */
export function outerScopes(account: Pick<Account, "ideaId" | "day" | "simulated">): readonly CapScope[] {
  const { ideaId, day, simulated } = account;
  return [capScopeOf.idea(ideaId), capScopeOf.day(day, simulated), capScopeOf.month(day, simulated)];
}
