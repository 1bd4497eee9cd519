import type { Approval } from "../../model/approval.ts";
import type { Tx } from "../store.ts";
import { approvalOf } from "./approval-row.ts";
import { tellDecided } from "./tell-decided.ts";

/** Ends every open question whose time is over, and says which those were. */
export async function expireApprovals(tx: Tx): Promise<readonly Approval[]> {
  const rows = await tx.db
    .updateTable("approvals")
    .set({ state: "expired", decided_at: tx.now })
    .where("state", "=", "asked")
    .where("expires_at", "<=", tx.now)
    .returningAll()
    .execute();
  const expired = rows.map(approvalOf);
  for (const approval of expired) await tellDecided(tx, approval);
  return expired;
}
