/** Other processes append to the log too, and nobody tells us: a waiter looks again after this long. */
const NET_MS = 1_000;

/** Beats that come faster than this are one: a busy gateway writes a hundred times a second. */
const LEAST_MS = 50;

/** Tells waiting readers that the log may have grown. */
export class Pulse {
  readonly #waiting = new Set<() => void>();
  #resting: NodeJS.Timeout | null = null;
  #missed = false;

  /** The first beat is heard at once; those within a short rest after it are heard together at its end. */
  beat(): void {
    if (this.#resting !== null) {
      this.#missed = true;
      return;
    }
    this.#resting = setTimeout(() => this.#rested(), LEAST_MS);
    // A process that has nothing else to do need not wait for it.
    this.#resting.unref();
    for (const wake of this.#waiting) wake();
  }

  #rested(): void {
    this.#resting = null;
    if (!this.#missed) return;
    this.#missed = false;
    this.beat();
  }

  /** Settles at the next beat, after a second at the latest, or when the signal aborts. */
  next(signal: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    if (signal.aborted) return Promise.resolve();
    const wake = (): void => {
      this.#waiting.delete(wake);
      clearTimeout(net);
      signal.removeEventListener("abort", wake);
      resolve();
    };
    const net = setTimeout(wake, NET_MS);
    this.#waiting.add(wake);
    signal.addEventListener("abort", wake, { once: true });
    return promise;
  }
}
