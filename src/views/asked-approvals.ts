import type { Approval, ApprovalState } from "../model/approval.ts";
import type { Change } from "../model/change.ts";
import type { Idea } from "../model/idea.ts";
import { listApprovals, type ApprovalsQuery } from "../store/approvals/list-approvals.ts";
import { getAttempt } from "../store/attempts/get-attempt.ts";
import { changeOfAttempt } from "../store/changes/list-changes.ts";
import { getIdea } from "../store/ideas/get-idea.ts";
import type { Reader } from "../store/store.ts";
import type { AskedApproval } from "./shapes/approval.ts";

/** Questions to people, the oldest first; a question of past its time is expired whether or not a sweep has said so. */
export async function askedApprovals(
  reader: Reader,
  { now, ...query }: ApprovalsQuery & { readonly now: string },
): Promise<readonly AskedApproval[]> {
  const rows: AskedApproval[] = [];
  for (const approval of await listApprovals(reader, query)) {
    const row = await approvalRow(reader, approval, now);
    if (query.state === undefined || row.state === query.state) rows.push(row);
  }
  return rows;
}

export async function approvalRow(reader: Reader, approval: Approval, now: string): Promise<AskedApproval> {
  const idea = await getIdea(reader, approval.ideaId);
  const attempt = await getAttempt(reader, approval.attemptId);
  const change = await changeOfAttempt(reader, approval.attemptId);
  return {
    ...plainFields(approval, stateAt(approval, now)),
    ...surroundings(idea, change),
    simulated: attempt?.simulated ?? false,
  };
}

function plainFields(approval: Approval, state: ApprovalState) {
  const { id, action, subject, head, rule, reason } = approval;
  return {
    id,
    action,
    subject,
    head,
    rule,
    asked_at: approval.askedAt,
    expires_at: approval.expiresAt,
    reason,
    state,
    decided_by: approval.decidedBy,
    decided_reason: approval.decidedReason,
    decided_at: approval.decidedAt,
    idea_id: approval.ideaId,
    task_id: approval.taskId,
    attempt_id: approval.attemptId,
    content_hash: approval.contentHash,
  };
}

function surroundings(idea: Idea | null, change: Change | null) {
  return {
    title: idea?.title ?? "",
    repository: idea?.repository ?? "",
    diff_sha256: change?.diffSha256 ?? null,
  };
}

function stateAt({ state, expiresAt }: Approval, now: string): ApprovalState {
  return state === "asked" && expiresAt <= now ? "expired" : state;
}
