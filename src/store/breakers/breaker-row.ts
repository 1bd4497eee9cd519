import type { Selectable } from "kysely";
import { isAttemptFailureCode } from "../../model/attempt-failure.ts";
import { BREAKER_STATES, type Breaker } from "../../model/breaker.ts";
import { idOf } from "../../model/ids.ts";
import type { Instant } from "../../model/time.ts";
import type { BreakersTable } from "../control-tables.ts";

/** Only the acts of this folder write these columns; a word they never write is a damaged store and throws. */
export function breakerOf(row: Selectable<BreakersTable>): Breaker {
  const state = BREAKER_STATES.find((known) => known === row.state);
  if (state === undefined || !isAttemptFailureCode(row.failure_code)) {
    throw new Error(`Breaker ${row.signature} holds a word nobody writes.`);
  }
  return {
    signature: row.signature,
    code: row.failure_code,
    state,
    tasks: row.tasks,
    canary: row.canary_attempt_id === null ? null : idOf.attempt(row.canary_attempt_id),
    openedAt: row.opened_at as Instant,
    updatedAt: row.updated_at as Instant,
  };
}
