import { setTimeout as pause } from "node:timers/promises";
import type { Failure } from "../../model/failure.ts";
import { patiently } from "./patiently.ts";
import type { RoleHealth } from "./role-health.ts";

export interface Steadiness {
  /** Its name to people who ask what fails. */
  readonly role: string;
  readonly health: RoleHealth;
  /** Hears of a failure that waiting helps against. */
  readonly waits: (failure: Failure) => void;
  /** Hears of a round that ended with a bug, once for each cause. */
  readonly broke: (error: unknown) => void;
  readonly stop: AbortSignal;
  /** Waits so many milliseconds, or until the signal aborts. */
  readonly rest?: (ms: number, signal: AbortSignal) => Promise<void>;
}

const FIRST_REST_MS = 1_000;
const LONGEST_REST_MS = 60_000;

/** Does rounds of a role. One that ends with a bug is told and rested after, longer each time; the role itself goes on. */
export function steadily(steadiness: Steadiness): <T>(round: () => Promise<T>) => Promise<T | null> {
  const { role, health, waits, broke, stop, rest = restFor } = steadiness;
  let failures = 0;
  return async (round) => {
    try {
      const done = await patiently(round, waits);
      failures = 0;
      health.works(role);
      return done;
    } catch (error) {
      if (health.fails(role, error)) broke(error);
      await rest(Math.min(FIRST_REST_MS * 2 ** failures, LONGEST_REST_MS), stop);
      failures += 1;
      return null;
    }
  };
}

async function restFor(ms: number, signal: AbortSignal): Promise<void> {
  await pause(ms, undefined, { signal }).catch(() => undefined);
}
