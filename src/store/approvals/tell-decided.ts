import type { Approval } from "../../model/approval.ts";
import { appendEvent } from "../events/append-event.ts";
import type { Tx } from "../store.ts";

/** The fact that a question has its end, whoever or whatever brought it. */
export async function tellDecided(tx: Tx, approval: Approval): Promise<void> {
  const { id, attemptId, taskId, ideaId, action, state, decidedBy } = approval;
  await appendEvent(tx, {
    type: "approval.decided",
    key: id,
    payload: { attempt: attemptId, task: taskId, idea: ideaId, action, state, by: decidedBy },
  });
}
