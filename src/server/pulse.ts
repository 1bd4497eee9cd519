import { setTimeout as pause } from "node:timers/promises";

/** Other processes append to the log too, and nobody tells us: a waiter looks again after this long. */
const NET_MS = 1_000;

/** Tells waiting readers that the log may have grown. */
export class Pulse {
  readonly #beats = new EventTarget();

  beat(): void {
    this.#beats.dispatchEvent(new Event("beat"));
  }

  /** Settles at the next beat, after a second at the latest, or when the signal aborts. */
  async next(signal: AbortSignal): Promise<void> {
    const done = new AbortController();
    const either = AbortSignal.any([signal, done.signal]);
    const beat = new Promise<void>((resolve) =>
      this.#beats.addEventListener("beat", () => resolve(), { once: true, signal: either }),
    );
    await Promise.race([beat, pause(NET_MS, undefined, { signal: either }).catch(() => undefined)]);
    done.abort();
  }
}
