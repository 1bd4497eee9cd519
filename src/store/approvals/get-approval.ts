import type { Approval } from "../../model/approval.ts";
import type { ApprovalId } from "../../model/ids.ts";
import type { Reader } from "../store.ts";
import { approvalOf } from "./approval-row.ts";

/** One question and what became of it; `null` when there is none of that id. */
export async function getApproval(reader: Reader, id: ApprovalId): Promise<Approval | null> {
  const row = await reader.db.selectFrom("approvals").selectAll().where("id", "=", id).executeTakeFirst();
  return row === undefined ? null : approvalOf(row);
}
