import type { AttemptId } from "../../model/ids.ts";
import { appendEvent } from "../events/append-event.ts";
import { noteGuardFired } from "../guards/note-guard-fired.ts";
import type { Tx } from "../store.ts";

/** What a runner must show to write to the attempt it was started for. */
export interface AttemptClaim {
  readonly id: AttemptId;
  readonly fence: number;
}

/** Writes down that somebody wrote for an attempt that is not theirs any more. */
export async function refuseFence(tx: Tx, claim: AttemptClaim, act: string): Promise<void> {
  await appendEvent(tx, { type: "fence.refused", key: claim.id, payload: { act, fence: claim.fence } });
  await noteGuardFired(tx, "fence/stale", claim.id);
}
