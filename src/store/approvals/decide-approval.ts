import { canonicalJson } from "../../kit/json.ts";
import { fail, ok, type Result } from "../../kit/result.ts";
import type { Approval, ApprovalState } from "../../model/approval.ts";
import type { Failure } from "../../model/failure.ts";
import type { ApprovalId } from "../../model/ids.ts";
import type { Redacted } from "../../model/redacted.ts";
import { noteGuardFired } from "../guards/note-guard-fired.ts";
import type { Tx } from "../store.ts";
import { approvalOf } from "./approval-row.ts";
import { getApproval } from "./get-approval.ts";
import { tellDecided } from "./tell-decided.ts";

export interface Grant {
  readonly by: "policy" | "person";
  readonly reason?: Redacted;
  /** What a person answered, by question id, for `input`. */
  readonly answer?: Readonly<Record<string, Redacted>>;
}

/** The reason is told to the agent, so a denial without one is not possible. */
export interface Denial {
  readonly by: "policy" | "person";
  readonly reason: Redacted;
}

/** Says yes to exactly what was asked. `conflict` when it is no longer open, `not_found` when it never was. */
export function grantApproval(tx: Tx, id: ApprovalId, grant: Grant): Promise<Result<Approval, Failure>> {
  return decide(tx, id, { ...grant, state: "granted" });
}

/** Says no, with the reason. `conflict` when it is no longer open, `not_found` when it never was. */
export function denyApproval(tx: Tx, id: ApprovalId, denial: Denial): Promise<Result<Approval, Failure>> {
  return decide(tx, id, { ...denial, state: "denied" });
}

/** Open means asked and not yet over: a question past its time is expired, whether or not a sweep has said so. */
async function decide(
  tx: Tx,
  id: ApprovalId,
  decision: Grant & { readonly state: "granted" | "denied" },
): Promise<Result<Approval, Failure>> {
  const row = await tx.db
    .updateTable("approvals")
    .set({
      state: decision.state,
      decided_by: decision.by,
      decided_reason: decision.reason ?? null,
      answer: decision.answer === undefined ? null : canonicalJson(decision.answer),
      decided_at: tx.now,
    })
    .where("id", "=", id)
    .where("state", "=", "asked")
    .where("expires_at", ">", tx.now)
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) return fail(await refused(tx, id));
  const approval = approvalOf(row);
  await tellDecided(tx, approval);
  return ok(approval);
}

const WHY: Readonly<Record<ApprovalState, string>> = {
  asked: "Nobody answered in time, and an answer that comes late counts for nothing.",
  expired: "Nobody answered in time, and an answer that comes late counts for nothing.",
  granted: "It was granted before, and a question is decided once.",
  denied: "It was denied before, and a question is decided once.",
  void: "Its attempt has ended, or what was asked about has changed.",
};

async function refused(tx: Tx, id: ApprovalId): Promise<Failure> {
  const approval = await getApproval(tx, id);
  if (approval === null) return unknownApproval(id);
  await noteGuardFired(tx, "approval/stale", id);
  const state = approval.state === "asked" ? "expired" : approval.state;
  return {
    code: "conflict",
    message: `Approval ${id} is ${state} and cannot be decided.`,
    cause: WHY[approval.state],
    hint: "Do this: codex-loop approvals list shows what is open.",
    retry: "never",
  };
}

/** The answer to an id that no approval has. */
export function unknownApproval(id: string): Failure {
  return {
    code: "not_found",
    message: `There is no approval ${id}.`,
    cause: "No question of that id was ever put to a person in this store.",
    hint: "Do this: codex-loop approvals list shows what is open.",
    retry: "never",
  };
}
