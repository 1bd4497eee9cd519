import type { HostTrouble } from "../ports/host.ts";
import type { Ending } from "./ending.ts";

/**
 * What an attempt is still allowed to do. Caps, the host, people and the machine change it; every step asks it before it
 * begins. The first reason to end is the one that counts.
 */
export class Course {
  readonly #now: AbortController = new AbortController();
  #ending: Ending | null = null;
  #trouble: HostTrouble | null = null;

  /** Aborted when everything has to stop at once. */
  get signal(): AbortSignal {
    return this.#now.signal;
  }

  /** Why the attempt has to end, now or after the turn at hand; `null`: it goes on. */
  get ending(): Ending | null {
    return this.#ending;
  }

  /** Why the host will not hear of it any more: `stale` and `refused` for good, `silent` perhaps. */
  get trouble(): HostTrouble | null {
    return this.#trouble;
  }

  endAfterTurn(ending: Ending): void {
    this.#ending ??= ending;
  }

  endNow(ending: Ending): void {
    this.#ending ??= ending;
    this.#now.abort();
  }

  abandon(trouble: HostTrouble, ending: Ending): void {
    this.#trouble ??= trouble;
    this.endNow(ending);
  }
}

/** The promise's value, or `null` at once when the signal aborts; then nobody waits for the promise any more. */
export async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T | null> {
  promise.catch(() => {});
  if (signal.aborted) return null;
  const { promise: aborted, resolve } = Promise.withResolvers<null>();
  const stop = (): void => resolve(null);
  signal.addEventListener("abort", stop, { once: true });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
