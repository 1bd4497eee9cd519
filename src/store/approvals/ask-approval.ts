import type { Approval } from "../../model/approval.ts";
import { newId } from "../../model/ids.ts";
import { msOf } from "../../model/time.ts";
import { appendEvent } from "../events/append-event.ts";
import type { Tx } from "../store.ts";
import { approvalOf } from "./approval-row.ts";

/** A question as it is put; `expiresAt` is when nobody need answer it any more. */
export type Question = Pick<
  Approval,
  | "ideaId"
  | "taskId"
  | "attemptId"
  | "action"
  | "subject"
  | "reason"
  | "contentHash"
  | "head"
  | "rule"
  | "callId"
  | "expiresAt"
>;

/**
 * Puts a question to people, once per (attempt, content hash): asking again gives the row that is there, answered or not,
 * so a lost connection asks nobody twice, and what was denied stays denied for this attempt.
 */
export async function askApproval(tx: Tx, question: Question): Promise<Approval> {
  const row = await tx.db
    .insertInto("approvals")
    .values(rowOf(tx, question))
    .onConflict((conflict) => conflict.columns(["attempt_id", "content_hash"]).doNothing())
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) return await askedBefore(tx, question);
  const { id, attemptId, taskId, ideaId, action, contentHash } = approvalOf(row);
  await appendEvent(tx, {
    type: "approval.asked",
    key: id,
    payload: { attempt: attemptId, task: taskId, idea: ideaId, action, content_hash: contentHash },
  });
  return approvalOf(row);
}

async function askedBefore(tx: Tx, { attemptId, contentHash }: Question): Promise<Approval> {
  const row = await tx.db
    .selectFrom("approvals")
    .selectAll()
    .where("attempt_id", "=", attemptId)
    .where("content_hash", "=", contentHash)
    .executeTakeFirstOrThrow();
  return approvalOf(row);
}

function rowOf(tx: Tx, question: Question) {
  return {
    id: newId.approval(msOf(tx.now)),
    idea_id: question.ideaId,
    task_id: question.taskId,
    attempt_id: question.attemptId,
    action: question.action,
    subject: question.subject,
    reason: question.reason,
    content_hash: question.contentHash,
    head: question.head,
    rule: question.rule,
    call_id: question.callId,
    state: "asked",
    decided_by: null,
    decided_reason: null,
    answer: null,
    asked_at: tx.now,
    expires_at: question.expiresAt,
    decided_at: null,
  };
}
