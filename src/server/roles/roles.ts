import { setTimeout as pause } from "node:timers/promises";
import { repeatedly } from "./repeatedly.ts";
import { runScheduler, type SchedulerOptions, type Stoppable } from "./scheduler.ts";
import { runSealer } from "./sealer.ts";

/** A seal is three writes, so a busy log is sealed once a second and not with every row. */
const SEAL_EVERY_MS = 1_000;

function slowly(signal: AbortSignal): Promise<void> {
  return pause(SEAL_EVERY_MS, undefined, { signal }).catch(() => undefined);
}

export interface RolesOptions<World extends Stoppable> extends Omit<SchedulerOptions<World>, "stop"> {
  /** Rounds of further roles by name: each looks for itself what there is to do, and any process may play it. */
  readonly rounds: Readonly<Record<string, () => Promise<unknown>>>;
}

/**
 * The roles a server plays beside answering requests. Disposing them asks all to end and waits until they have: after
 * that nothing of theirs touches the store.
 */
export function startRoles<World extends Stoppable>(options: RolesOptions<World>): AsyncDisposable {
  const stop = new AbortController();
  const running = Promise.all([
    runScheduler({ ...options, stop: stop.signal }),
    runSealer({ ...options, changed: slowly, stop: stop.signal }),
    ...Object.entries(options.rounds).map(([role, round]) =>
      repeatedly(round, { ...options, role, stop: stop.signal }),
    ),
  ]);
  running.catch(options.broke);
  return {
    [Symbol.asyncDispose]: async () => {
      stop.abort();
      await running.catch(() => undefined);
    },
  };
}
