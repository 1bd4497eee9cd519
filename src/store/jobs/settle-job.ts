import type { Handled } from "../../model/handled.ts";
import type { Redacted } from "../../model/redacted.ts";
import type { Tx } from "../store.ts";
import { failJob } from "./fail-job.ts";
import { finishJob } from "./finish-jobs.ts";
import type { Claim } from "./job.ts";
import { postponeJob } from "./postpone-job.ts";

export interface Settling {
  readonly handled: Handled;
  readonly redact: (text: string) => Redacted;
}

/** Ends an attempt as its stage said: closes it, queues it for the time it named, or obeys its failure's `retry`. False when the job was lost. */
export async function settleJob(tx: Tx, claim: Claim, settling: Settling): Promise<boolean> {
  const { handled, redact } = settling;
  switch (handled.kind) {
    case "done":
      return await finishJob(tx, claim);
    case "again":
      return await postponeJob(tx, claim, handled.at);
    case "failure": {
      const { code, retry, message } = handled.failure;
      return (await failJob(tx, claim, { code, retry, message: redact(message) })) !== "lost";
    }
  }
}
