import { runScheduler, type SchedulerOptions, type Stoppable } from "./scheduler.ts";
import { runSealer } from "./sealer.ts";

export interface RolesOptions<World extends Stoppable> extends Omit<SchedulerOptions<World>, "stop"> {
  /** Hears of a role that ended with a bug. */
  readonly broke: (error: unknown) => void;
}

/**
 * The roles a server plays beside answering requests. Disposing them asks all to end and waits until they have: after
 * that nothing of theirs touches the store.
 */
export function startRoles<World extends Stoppable>(options: RolesOptions<World>): AsyncDisposable {
  const stop = new AbortController();
  const running = Promise.all([
    runScheduler({ ...options, stop: stop.signal }),
    runSealer({ ...options, stop: stop.signal }),
  ]);
  running.catch(options.broke);
  return {
    [Symbol.asyncDispose]: async () => {
      stop.abort();
      await running.catch(() => undefined);
    },
  };
}
