import type { Attempt } from "../../model/attempt.ts";
import { correlates } from "../../policy/failure-signature.ts";
import type { Tx } from "../store.ts";
import { endCanary } from "./end-canary.ts";
import { recordFailure } from "./record-failure.ts";

export type Ending = Pick<Attempt, "id" | "taskId" | "outcome" | "failureCode" | "signature">;

/** What breakers learn from an attempt whose end has just been written, in the transaction that wrote it. */
export async function noteEnding(tx: Tx, ending: Ending): Promise<void> {
  const { id: attemptId, taskId, outcome, failureCode: code, signature } = ending;
  await endCanary(tx, { attemptId, succeeded: outcome === "succeeded" });
  if (code === null || signature === null || !correlates(code)) return;
  await recordFailure(tx, { attemptId, taskId, code, signature });
}
