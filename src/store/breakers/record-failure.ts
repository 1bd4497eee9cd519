import type { AttemptFailureCode } from "../../model/attempt-failure.ts";
import { BREAKER_TASKS, BREAKER_WINDOW_MS, type Breaker } from "../../model/breaker.ts";
import type { AttemptId, TaskId } from "../../model/ids.ts";
import { instantOf, msOf, type Instant } from "../../model/time.ts";
import { appendEvent } from "../events/append-event.ts";
import { noteGuardFired } from "../guards/note-guard-fired.ts";
import type { Tx } from "../store.ts";
import { breakerOf } from "./breaker-row.ts";

export interface SeenFailure {
  readonly attemptId: AttemptId;
  readonly taskId: TaskId;
  readonly code: AttemptFailureCode;
  readonly signature: string;
}

/**
 * Counts one more failure of its class, and opens the breaker when enough different tasks failed alike within the window,
 * since it was last closed and since that agent last succeeded in that repository. The attempts' own rows are what is counted, so telling it twice counts once.
 */
export async function recordFailure(tx: Tx, failure: SeenFailure): Promise<Breaker> {
  const before = await lockBreaker(tx, failure);
  const since = [countsFrom(tx, before), await lastSuccess(tx, failure)].toSorted().at(-1) ?? tx.now;
  const tasks = await countTasks(tx, failure, since);
  const opens = before.state === "closed" && tasks >= BREAKER_TASKS;
  const row = await tx.db
    .updateTable("breakers")
    .set({ tasks, ...(opens ? { state: "open", opened_at: tx.now, updated_at: tx.now } : {}) })
    .where("signature", "=", failure.signature)
    .returningAll()
    .executeTakeFirstOrThrow();
  if (opens) await tellOpened(tx, failure, tasks);
  return breakerOf(row);
}

/** Writing the row first makes two endings of one class count one after the other, on Postgres too. */
async function lockBreaker(tx: Tx, { signature, code }: SeenFailure): Promise<Breaker> {
  const row = await tx.db
    .insertInto("breakers")
    .values({
      signature,
      failure_code: code,
      state: "closed",
      tasks: 0,
      canary_attempt_id: null,
      opened_at: tx.now,
      updated_at: instantOf(0),
    })
    .onConflict((conflict) => conflict.column("signature").doUpdateSet({ failure_code: code }))
    .returningAll()
    .executeTakeFirstOrThrow();
  return breakerOf(row);
}

/** A closed breaker's `updatedAt` is when it closed: what failed before that has been answered for. */
function countsFrom(tx: Tx, before: Breaker): Instant {
  const window = instantOf(msOf(tx.now) - BREAKER_WINDOW_MS);
  return before.state === "closed" && before.updatedAt > window ? before.updatedAt : window;
}

/** A success in between shows that what they have in common is not broken. */
async function lastSuccess(tx: Tx, { attemptId }: SeenFailure): Promise<Instant> {
  const row = await tx.db
    .selectFrom("attempts as failed")
    .innerJoin("ideas as its", "its.id", "failed.idea_id")
    .innerJoin("ideas", "ideas.repository", "its.repository")
    .innerJoin("attempts", "attempts.idea_id", "ideas.id")
    .select("attempts.ended_at")
    .where("failed.id", "=", attemptId)
    .where("attempts.outcome", "=", "succeeded")
    .whereRef("attempts.agent", "=", "failed.agent")
    .orderBy("attempts.ended_at", "desc")
    .limit(1)
    .executeTakeFirst();
  // Only `endAttempt` writes the column.
  return (row?.ended_at ?? instantOf(0)) as Instant;
}

async function countTasks(tx: Tx, { signature, taskId }: SeenFailure, since: Instant): Promise<number> {
  const rows = await tx.db
    .selectFrom("attempts")
    .select("task_id")
    .distinct()
    .where("ended_at", ">=", since)
    .where("signature", "=", signature)
    .where("task_id", "<>", taskId)
    .execute();
  return rows.length + 1;
}

async function tellOpened(tx: Tx, { signature, code, attemptId }: SeenFailure, tasks: number): Promise<void> {
  await appendEvent(tx, {
    type: "breaker.opened",
    key: signature,
    payload: { code, tasks, attempt: attemptId, canary: false },
  });
  await noteGuardFired(tx, "breaker", signature);
}
