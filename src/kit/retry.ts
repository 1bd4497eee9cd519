import { setTimeout as wait } from "node:timers/promises";
import type { Clock } from "./clock.ts";
import type { Random } from "./random.ts";

export interface RetryOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** Gives up when this many milliseconds have gone by since the first try. */
  readonly giveUpAfterMs: number;
  /** The pause before try `n` (1-based) is random between 0 and this many milliseconds. */
  readonly pauseMs: (n: number) => number;
  readonly isRetryable: (error: unknown) => boolean;
}

/** Runs `attempt` until it succeeds, fails in a way that is not retryable, or the time is over (then throws the last error). */
export async function retry<T>(attempt: () => Promise<T>, options: RetryOptions): Promise<T> {
  const start = options.clock.elapsed();
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      const late = options.clock.elapsed() - start >= options.giveUpAfterMs;
      if (late || !options.isRetryable(error)) throw error;
    }
    await wait(options.random() * options.pauseMs(tries));
  }
}
