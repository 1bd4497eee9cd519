/** Caps that only the runner sees, and that the store hears of with the attempt's end. */
import type { AttemptFailureCode } from "../../model/attempt-failure.ts";
import type { Drill, DrillWorld } from "./drill-world.ts";
import { end, newRun } from "./scratch-work.ts";

const LOOSE = { minutes: 60, turns: 100, toolCalls: 100 } as const;

export const attemptTurns: Drill = async (world) => {
  using watch = world.watch({ ...LOOSE, turns: 1 }, () => undefined);
  return watch.takeTurn() && !watch.takeTurn() && (await isEnded(world, "CAP_TURNS"));
};

export const attemptToolCalls: Drill = async (world) => {
  let hit: AttemptFailureCode | null = null;
  using watch = world.watch({ ...LOOSE, toolCalls: 1 }, (code) => void (hit = code));
  watch.countToolCall();
  const early = hit;
  watch.countToolCall();
  return early === null && hit !== null && (await isEnded(world, hit));
};

/** A ten-thousandth of a minute, for real. */
export const attemptMinutes: Drill = async (world) => {
  const { promise, resolve } = Promise.withResolvers<AttemptFailureCode>();
  using watch = world.watch({ ...LOOSE, minutes: 0.0001 }, resolve);
  const hit = await promise;
  return watch.takeTurn() && (await isEnded(world, hit));
};

async function isEnded(world: DrillWorld, code: AttemptFailureCode): Promise<boolean> {
  const ended = await end(world, await newRun(world), { outcome: "capped", code });
  return ended?.failureCode === code;
}
