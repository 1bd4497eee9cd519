import { GUARD_NAMES, type GuardName } from "../../model/guard.ts";
import { listGuards } from "../../store/guards/list-guards.ts";
import type { Store } from "../../store/store.ts";
import { expiredToken, foreignToken, forgedToken, staleApproval, staleFence } from "./caller-drills.ts";
import { attemptCap, ideaCap, periodCap, taskSessions } from "./cap-drills.ts";
import type { Drill, DrillWorld } from "./drill-world.ts";
import { breaker, pause, sameHead, stop } from "./hold-drills.ts";
import { RULE_DRILLS } from "./rule-drills.ts";
import { attemptMinutes, attemptToolCalls, attemptTurns } from "./runner-drills.ts";

/** One drill for every guard there is. None of them notes a guard itself: that is for the doors to do. */
export const DRILLS: Readonly<Record<GuardName, Drill>> = {
  "cap/attempt/usd": attemptCap("usd"),
  "cap/attempt/tokens": attemptCap("tokens"),
  "cap/attempt/responses": attemptCap("responses"),
  "cap/attempt/turns": attemptTurns,
  "cap/attempt/tool_calls": attemptToolCalls,
  "cap/attempt/minutes": attemptMinutes,
  "cap/task/sessions": taskSessions,
  "cap/idea/usd": ideaCap("usd"),
  "cap/idea/tokens": ideaCap("tokens"),
  "cap/day/usd": periodCap("day", "usd"),
  "cap/day/tokens": periodCap("day", "tokens"),
  "cap/month/usd": periodCap("month", "usd"),
  "cap/month/tokens": periodCap("month", "tokens"),
  ...RULE_DRILLS,
  breaker,
  pause,
  stop,
  same_head: sameHead,
  "token/forged": forgedToken,
  "token/expired": expiredToken,
  "token/foreign": foreignToken,
  "fence/stale": staleFence,
  "approval/stale": staleApproval,
};

export interface Drilled {
  readonly guard: GuardName;
  /** It held back what it guards against, and that was noted. */
  readonly fired: boolean;
  /** Why it did not fire; `null` when it did. */
  readonly why: string | null;
}

/** Fires one guard in a fresh scratch store. A drill that cannot be carried out has not fired. */
export async function fireDrill(guard: GuardName, world: DrillWorld): Promise<Drilled> {
  const why = await troubleOf(guard, world).catch((error: unknown) =>
    error instanceof Error ? error.message : String(error),
  );
  return { guard, fired: why === null, why };
}

async function troubleOf(guard: GuardName, world: DrillWorld): Promise<string | null> {
  const before = await timesNoted(world.store, guard);
  if (!(await DRILLS[guard](world))) return "it let through what it is there for";
  return (await timesNoted(world.store, guard)) > before ? null : "nobody noted that it fired";
}

/** The guards in the order of their table. */
export const DRILLED: readonly GuardName[] = GUARD_NAMES;

async function timesNoted(store: Store, guard: GuardName): Promise<number> {
  const noted = await store.read(listGuards);
  return noted.find(({ name }) => name === guard)?.times ?? 0;
}
