import type { Selectable } from "kysely";
import { parseJson } from "../../kit/json.ts";
import { ATTEMPT_OUTCOMES, ATTEMPT_STATES, type Attempt, type StopWish } from "../../model/attempt.ts";
import { isAttemptFailureCode, type AttemptFailureCode } from "../../model/attempt-failure.ts";
import type { Holder } from "../../model/holder.ts";
import { AGENT_KINDS } from "../../model/idea.ts";
import { idOf } from "../../model/ids.ts";
import type { Order } from "../../model/order.ts";
import type { Redacted } from "../../model/redacted.ts";
import { ROLES } from "../../model/role.ts";
import type { Instant } from "../../model/time.ts";
import type { AttemptsTable } from "../delivery-tables.ts";
import { oneOf } from "../one-of.ts";

const STOP_WISHES: readonly StopWish[] = ["safe", "now"];

/** Only the acts of this room write these rows, so text is redacted, times are instants and an order is one. */
export function attemptOf(row: Selectable<AttemptsTable>): Attempt {
  return {
    id: idOf.attempt(row.id),
    ideaId: idOf.idea(row.idea_id),
    taskId: idOf.task(row.task_id),
    number: row.number,
    role: oneOf(ROLES, row.role, "attempts.role"),
    agent: oneOf(AGENT_KINDS, row.agent, "attempts.agent"),
    model: row.model,
    state: oneOf(ATTEMPT_STATES, row.state, "attempts.state"),
    outcome: row.outcome === null ? null : oneOf(ATTEMPT_OUTCOMES, row.outcome, "attempts.outcome"),
    failureCode: codeOf(row.failure_code),
    failureDetail: row.failure_detail as Redacted | null,
    signature: row.signature,
    fence: row.fence,
    dispatcher: row.dispatcher as Holder | null,
    holder: row.holder as Holder | null,
    leaseUntil: row.lease_until as Instant | null,
    deadline: row.deadline as Instant | null,
    base: row.base,
    head: row.head,
    roleHash: row.role_hash,
    promptHash: row.prompt_hash,
    order: parseJson(row.order) as Order,
    stop: row.stop === null ? null : oneOf(STOP_WISHES, row.stop, "attempts.stop"),
    stopReason: row.stop_reason,
    sessionId: row.session_id === null ? null : idOf.session(row.session_id),
    turns: row.turns,
    toolCalls: row.tool_calls,
    keep: row.keep === 1,
    simulated: row.simulated === 1,
    queuedAt: row.queued_at as Instant,
    startedAt: row.started_at as Instant | null,
    endedAt: row.ended_at as Instant | null,
  };
}

function codeOf(text: string | null): AttemptFailureCode | null {
  if (text === null || isAttemptFailureCode(text)) return text;
  throw new Error(`attempts.failure_code holds the unknown code ${text}; a newer program wrote it.`);
}
