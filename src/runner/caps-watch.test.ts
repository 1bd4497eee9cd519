import { expect, test } from "vitest";
import { fixedClock, systemClock } from "../kit/clock.ts";
import { CapsWatch } from "./caps-watch.ts";
import type { Ending } from "./ending.ts";

const CAPS = { minutes: 5, turns: 2, toolCalls: 2 };
const codes = (endings: readonly Ending[]): readonly unknown[] => endings.map(({ failure }) => failure?.code);

test("[RUN-5] turns are counted and end, and the call beyond the cap is told", () => {
  const hits: Ending[] = [];
  using watch = new CapsWatch(CAPS, fixedClock(0), (ending) => hits.push(ending));
  expect([watch.takeTurn(), watch.takeTurn(), watch.takeTurn()]).toEqual([true, true, false]);
  watch.countToolCall();
  watch.countToolCall();
  expect(hits).toEqual([]);
  watch.countToolCall();
  expect(codes(hits)).toEqual(["CAP_TOOL_CALLS"]);
  expect([watch.turns, watch.toolCalls]).toEqual([2, 3]);
});

test("[RUN-5] time that people take does not count, and several waits at once count as one", async () => {
  const { promise: rung, resolve } = Promise.withResolvers<number>();
  const begun = performance.now();
  using watch = new CapsWatch({ ...CAPS, minutes: 0.002 }, systemClock, () => resolve(performance.now() - begun));
  const first = Promise.withResolvers<void>();
  const second = Promise.withResolvers<void>();
  const waits = [watch.waiting(first.promise), watch.waiting(second.promise)];
  setTimeout(first.resolve, 100);
  setTimeout(second.resolve, 300);
  await Promise.all(waits);
  expect(await rung).toBeGreaterThan(400);
});
