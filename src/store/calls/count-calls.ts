import type { CallOutcome } from "../../model/outcome.ts";
import type { Reader } from "../store.ts";

export interface CallCount {
  /** Calls that have ended, one way or another. */
  readonly ended: number;
  /** Of those, calls that ran and failed or never ran; refusals by people and rules are not failures. */
  readonly failed: number;
}

const OPEN: readonly CallOutcome[] = ["running", "unfinished"];
const FAILED: readonly CallOutcome[] = ["failed", "sandbox_denied", "tool_error"];

/** How many calls ended and how many of them badly, over the whole store. */
export async function countCalls(reader: Reader): Promise<CallCount> {
  return reader.db
    .selectFrom("tool_calls")
    .select((eb) => [
      eb.fn.countAll<number>().filterWhere("outcome", "not in", OPEN).as("ended"),
      eb.fn.countAll<number>().filterWhere("outcome", "in", FAILED).as("failed"),
    ])
    .executeTakeFirstOrThrow();
}
