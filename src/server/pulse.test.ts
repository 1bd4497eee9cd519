import { expect, test } from "vitest";
import { Pulse } from "./pulse.ts";

const { signal } = new AbortController();

test("[TRC-12] a beat wakes all who wait", async () => {
  const pulse = new Pulse();
  const waiting = Promise.all([pulse.next(signal), pulse.next(signal)]);
  pulse.beat();
  await expect(waiting).resolves.toEqual([undefined, undefined]);
});

test("[TRC-12] a beat during the rest after another one is heard at its end, not lost", async () => {
  const pulse = new Pulse();
  pulse.beat();
  pulse.beat();
  const started = performance.now();
  await pulse.next(signal);
  expect(performance.now() - started).toBeLessThan(900);
});

test("[TRC-12] who waits for an aborted signal does not wait, and nobody stays behind in it", async () => {
  const pulse = new Pulse();
  const end = new AbortController();
  const waiting = pulse.next(end.signal);
  end.abort();
  await waiting;
  await pulse.next(end.signal);
  pulse.beat();
  expect(end.signal.aborted).toBe(true);
});
