/** Questions to people, as `approvals list` and the console show them. */
import type { AskAction } from "../../model/ask.ts";
import type { ApprovalState } from "../../model/approval.ts";

export interface AskedApproval {
  readonly id: string;
  readonly action: AskAction;
  /** The command, patch, permission, question or change that waits. */
  readonly subject: string;
  /** The commit that is asked about, for `change`. */
  readonly head: string | null;
  /** The policy rule that wants a person; `null` where nobody wrote one and a person is asked all the same. */
  readonly rule: string | null;
  readonly asked_at: string;
  readonly expires_at: string;
  /** Why the agent or the rule asks. */
  readonly reason: string;
  readonly state: ApprovalState;
  readonly decided_by: "policy" | "person" | null;
  readonly decided_reason: string | null;
  readonly decided_at: string | null;
  readonly idea_id: string;
  readonly task_id: string;
  /** The run that asks. */
  readonly attempt_id: string;
  /** The idea's title. */
  readonly title: string;
  readonly repository: string;
  readonly content_hash: string;
  /** The diff that is asked about is kept under this hash; `null` where there is none (yet). */
  readonly diff_sha256: string | null;
  readonly simulated: boolean;
}
