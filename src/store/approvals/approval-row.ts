import type { Selectable } from "kysely";
import { parseJson } from "../../kit/json.ts";
import { APPROVAL_STATES, type Approval } from "../../model/approval.ts";
import { ASK_ACTIONS } from "../../model/ask.ts";
import { idOf } from "../../model/ids.ts";
import type { Redacted } from "../../model/redacted.ts";
import type { Instant } from "../../model/time.ts";
import type { ApprovalsTable } from "../control-tables.ts";

/** Only the acts of this folder write these columns; a word they never write is a damaged store and throws. */
export function approvalOf(row: Selectable<ApprovalsTable>): Approval {
  const state = APPROVAL_STATES.find((known) => known === row.state);
  const action = ASK_ACTIONS.find((known) => known === row.action);
  if (state === undefined || action === undefined) throw new Error(`Approval ${row.id} holds a word nobody writes.`);
  return {
    id: idOf.approval(row.id),
    ideaId: idOf.idea(row.idea_id),
    taskId: idOf.task(row.task_id),
    attemptId: idOf.attempt(row.attempt_id),
    action,
    subject: row.subject as Redacted,
    reason: row.reason as Redacted,
    contentHash: row.content_hash,
    head: row.head,
    rule: row.rule,
    callId: row.call_id,
    state,
    decidedBy: row.decided_by === "policy" || row.decided_by === "person" ? row.decided_by : null,
    decidedReason: row.decided_reason as Redacted | null,
    answer: row.answer === null ? null : (parseJson(row.answer) as Readonly<Record<string, string>>),
    askedAt: row.asked_at as Instant,
    expiresAt: row.expires_at as Instant,
    decidedAt: row.decided_at as Instant | null,
  };
}
