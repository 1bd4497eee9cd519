import type { Approval } from "../../model/approval.ts";
import type { TaskId } from "../../model/ids.ts";
import type { Reader } from "../store.ts";
import { approvalOf } from "./approval-row.ts";

/** What a yes has to be about, to the letter. `head` is the commit for a change, `null` for everything else. */
export interface Sought {
  readonly taskId: TaskId;
  readonly contentHash: string;
  readonly head: string | null;
}

/** The yes that covers exactly this content on exactly this head; a new commit or another command finds none. */
export async function findGrant(reader: Reader, { taskId, contentHash, head }: Sought): Promise<Approval | null> {
  const row = await reader.db
    .selectFrom("approvals")
    .selectAll()
    .where("task_id", "=", taskId)
    .where("state", "=", "granted")
    .where("content_hash", "=", contentHash)
    .where("head", head === null ? "is" : "=", head)
    .orderBy("decided_at", "desc")
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : approvalOf(row);
}
