import type { Attempt } from "../model/attempt.ts";
import { dollarsOf } from "../model/money.ts";
import type { AttemptSpending } from "../store/ledger/sum-attempt-spending.ts";
import type { AttemptRow } from "./shapes/run.ts";

/** One attempt as people see it. Nothing counted is unknown; so is money where one answer has no known price. */
export function attemptRow(attempt: Attempt, spending: AttemptSpending | undefined): AttemptRow {
  const isCounted = spending !== undefined && spending.uncounted === 0;
  const isPriced = isCounted && spending.unpriced === 0;
  return {
    id: attempt.id,
    number: attempt.number,
    agent: attempt.agent,
    state: attempt.state,
    outcome: attempt.outcome,
    failure_code: attempt.failureCode,
    session_id: attempt.sessionId,
    tokens: isCounted ? spending.tokens : null,
    usd: isPriced ? dollarsOf(spending.usd) : null,
    started_at: attempt.startedAt,
    ended_at: attempt.endedAt,
    provenance: attempt.simulated ? "simulated" : (spending?.provenance ?? "measured"),
    task_id: attempt.taskId,
    role: attempt.role,
    model: attempt.model,
    failure_detail: attempt.failureDetail,
    queued_at: attempt.queuedAt,
    base: attempt.base,
    head: attempt.head,
    turns: attempt.turns,
    tool_calls: attempt.toolCalls,
    simulated: attempt.simulated,
  };
}
