import { randomBytes } from "node:crypto";

/** The only place that asks for chance. `Random` is a number in [0, 1). */
export type Random = () => number;

export const systemRandom: Random = () => Math.random();

/** Cryptographically strong bytes as lower-case hex, `2 × count` characters. */
export function randomHex(count: number): string {
  return randomBytes(count).toString("hex");
}

/** A repeatable source (mulberry32), for tests and benches. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
