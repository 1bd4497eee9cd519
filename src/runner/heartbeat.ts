import { setTimeout as wait } from "node:timers/promises";
import type { HostTrouble, Pulse } from "../ports/host.ts";
import type { Course } from "./course.ts";
import { endingOf } from "./ending.ts";
import { progressOf, type Run } from "./run.ts";

/**
 * Calls the host until `over` aborts. A host that is silent or has given the attempt to somebody else ends it: what goes
 * on without anybody's knowledge cannot be stopped by anybody.
 */
export async function keepBeating(run: Run, over: AbortSignal): Promise<void> {
  while (!over.aborted && run.course.trouble === null) {
    await beat(run);
    await wait(run.launch.heartbeatMs, undefined, { signal: over }).catch(() => {});
  }
}

/** One call, and what the host wants is taken to heart. */
export async function beat(run: Run): Promise<void> {
  const pulse = await run.world.host.heartbeat(progressOf(run));
  if (pulse.ok) obey(pulse.value, run.course);
  else run.course.abandon(pulse.failure, endingOf("HOST_LOST", TROUBLES[pulse.failure]));
}

function obey({ stop }: Pulse, course: Course): void {
  if (stop === null) return;
  const ending = endingOf(stop.code, STOPS[stop.wish]);
  if (stop.wish === "now") course.endNow(ending);
  else course.endAfterTurn(ending);
}

const STOPS = {
  now: "The host wanted the attempt to end at once.",
  safe: "The host wanted the attempt to end after the turn at hand.",
} as const;

const TROUBLES: Readonly<Record<HostTrouble, string>> = {
  silent: "The host did not answer for too long.",
  stale: "The attempt belongs to somebody else by now, or has ended.",
  refused: "The host does not know this runner.",
};
