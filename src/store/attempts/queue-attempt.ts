import { canonicalJson } from "../../kit/json.ts";
import type { Attempt } from "../../model/attempt.ts";
import type { Holder } from "../../model/holder.ts";
import type { TaskId } from "../../model/ids.ts";
import type { Order } from "../../model/order.ts";
import { appendEvent } from "../events/append-event.ts";
import { followTasks } from "../ideas/follow-tasks.ts";
import { bit } from "../put-rows.ts";
import type { Tx } from "../store.ts";
import { attemptOf } from "./attempt-row.ts";

export interface AttemptDraft {
  readonly order: Order;
  /** What `claimTask` minted, in this transaction. */
  readonly fence: number;
  /** The process that claims; `null`: it cannot be told whether it lives. */
  readonly dispatcher: Holder | null;
  readonly roleHash: string;
  readonly promptHash: string;
  /** Keep its folder after the end. */
  readonly keep: boolean;
  readonly simulated: boolean;
}

/** Writes the attempt of a claim, with its complete order; `attempt.queued` has it started. */
export async function queueAttempt(tx: Tx, draft: AttemptDraft): Promise<Attempt> {
  const { order, fence } = draft;
  const row = await tx.db
    .insertInto("attempts")
    .values({
      id: order.attemptId,
      idea_id: order.ideaId,
      task_id: order.taskId,
      number: await nextNumber(tx, order.taskId),
      role: order.role,
      agent: order.agent,
      model: order.model,
      state: "queued",
      outcome: null,
      failure_code: null,
      failure_detail: null,
      signature: null,
      fence,
      dispatcher: draft.dispatcher,
      holder: null,
      lease_until: null,
      deadline: null,
      base: order.base,
      head: null,
      role_hash: draft.roleHash,
      prompt_hash: draft.promptHash,
      order: canonicalJson(order),
      stop: null,
      stop_reason: null,
      session_id: null,
      turns: null,
      tool_calls: null,
      keep: bit(draft.keep),
      simulated: bit(draft.simulated),
      queued_at: tx.now,
      started_at: null,
      ended_at: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  const payload = { task: order.taskId, number: row.number, fence, role: order.role, base: order.base };
  await appendEvent(tx, { type: "attempt.queued", key: row.id, payload });
  await followTasks(tx, order.ideaId);
  return attemptOf(row);
}

async function nextNumber(tx: Tx, taskId: TaskId): Promise<number> {
  const last = await tx.db
    .selectFrom("attempts")
    .select("number")
    .where("task_id", "=", taskId)
    .orderBy("number", "desc")
    .limit(1)
    .executeTakeFirst();
  return (last?.number ?? 0) + 1;
}
