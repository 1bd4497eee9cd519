import { BREAKER_REST_MS, type BreakerReach } from "../../model/breaker.ts";
import { instantOf, msOf } from "../../model/time.ts";
import type { AdmissionFacts, Check } from "./facts.ts";

export const breakerOpen: Check = (facts) =>
  reaching(facts)
    .filter(({ breaker }) => !mayBeCanary(facts, breaker))
    .map(({ breaker }) => ({
      reason: "breaker_open",
      since: breaker.openedAt,
      liftedBy: breakerLift(facts, breaker),
    }));

function breakerLift(
  { task }: AdmissionFacts,
  { code, tasks, state, canary, updatedAt }: BreakerReach["breaker"],
): string {
  const why = `${tasks} tasks failed alike with ${code}`;
  if (state === "canary") return `the success of the canary, attempt ${canary ?? "unknown"} (${why})`;
  const next = instantOf(msOf(updatedAt) + BREAKER_REST_MS);
  return `one canary after ${next}, or codex-loop run replay ${task.id} once the cause is mended (${why})`;
}

export function reaching({ breakers, idea }: AdmissionFacts): readonly BreakerReach[] {
  return breakers.filter(
    ({ repositories, agents }) => repositories.includes(idea.repository) && agents.includes(idea.agent),
  );
}

/** An operator's word about this very task, given after the breaker opened, need not wait for its rest to be over. */
export function mayBeCanary({ now, task }: AdmissionFacts, { state, updatedAt }: BreakerReach["breaker"]): boolean {
  if (state !== "open") return false;
  const askedFor = task.signalAt > task.createdAt && task.signalAt > updatedAt;
  return askedFor || msOf(now) >= msOf(updatedAt) + BREAKER_REST_MS;
}
