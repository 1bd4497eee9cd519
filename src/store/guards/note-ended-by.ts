import type { AttemptFailureCode } from "../../model/attempt-failure.ts";
import type { Attempt } from "../../model/attempt.ts";
import type { GuardName } from "../../model/guard.ts";
import type { Tx } from "../store.ts";
import { noteGuardFired } from "./note-guard-fired.ts";

/** Guards that the runner keeps, by the code that an attempt ends with when they fire. */
const GUARD_OF: Partial<Readonly<Record<AttemptFailureCode, GuardName>>> = {
  CAP_TURNS: "cap/attempt/turns",
  CAP_TOOL_CALLS: "cap/attempt/tool_calls",
  CAP_MINUTES: "cap/attempt/minutes",
};

/** Notes the guard that ended an attempt, where its end is the only thing the store hears of it. */
export async function noteEndedBy(tx: Tx, { id, failureCode }: Pick<Attempt, "id" | "failureCode">): Promise<void> {
  const guard = failureCode === null ? undefined : GUARD_OF[failureCode];
  if (guard !== undefined) await noteGuardFired(tx, guard, id);
}
