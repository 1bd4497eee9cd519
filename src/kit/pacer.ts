import { setImmediate as turn } from "node:timers/promises";
import type { Clock } from "./clock.ts";

/** How long synchronous work may hold the event loop before others get their turn. */
const HOLD_MS = 10;

/**
 * Returns a function to await inside long loops over synchronous work: nearly always it costs nothing, and every few
 * milliseconds it lets timers, signals and requests through.
 */
export function pacer(clock: Clock): () => Promise<void> | undefined {
  let last = clock.elapsed();
  return () => {
    if (clock.elapsed() - last < HOLD_MS) return undefined;
    return turn().then(() => {
      last = clock.elapsed();
    });
  };
}
