/** Fires every guard on purpose, each in a scratch store of its own, through the doors that the product itself uses. */
import { holderOf } from "../model/holder.ts";
import type { Settings } from "../config/options.ts";
import { fixedClock, type Clock } from "../kit/clock.ts";
import { ok } from "../kit/result.ts";
import { microDollarsOf } from "../model/money.ts";
import type { Profile } from "../model/profile.ts";
import type { Redacted } from "../model/redacted.ts";
import type { Role } from "../model/role.ts";
import type { RoleCard } from "../model/role-card.ts";
import { CapsWatch } from "../runner/caps-watch.ts";
import type { Store } from "../store/store.ts";
import { dispatchReady } from "./dispatch/dispatch-ready.ts";
import type { DrillWorld } from "./drill/drill-world.ts";
import { DRILLED, fireDrill, type Drilled } from "./drill/drills.ts";
import { admit } from "./run/admit.ts";

export interface DrillSurroundings {
  readonly clock: Clock;
  readonly settings: Settings;
  readonly redact: (text: string) => Redacted;
  readonly roleCard: (role: Role) => RoleCard;
}

/** All of them, one after the other. `scratch` makes a new empty store that is gone when it is disposed of. */
export async function runDrills(
  around: DrillSurroundings,
  scratch: (clock: Clock) => Promise<Store>,
): Promise<readonly Drilled[]> {
  const drilled: Drilled[] = [];
  for (const guard of DRILLED) {
    const clock = fixedClock(around.clock.now());
    await using store = await scratch(clock);
    drilled.push(await fireDrill(guard, drillWorld(around, store, clock)));
  }
  return drilled;
}

/** The doors of the product, working on this store. */
export function drillWorld(around: DrillSurroundings, store: Store, clock: DrillWorld["clock"]): DrillWorld {
  return {
    store,
    clock,
    redact: around.redact,
    dispatch: (only, settings = {}) => dispatchReady(dispatchWorld(around, { store, clock, only, settings })),
    watch: (caps, hit) => new CapsWatch(caps, around.clock, ({ failure }) => failure && hit(failure.code)),
    isAdmitted: async ({ attempt, token }) => {
      const caller = { attemptId: attempt.id, fence: attempt.fence, token };
      return (await admit({ store, clock }, caller, "drill")).ok;
    },
  };
}

type DispatchWorld = Parameters<typeof dispatchReady>[0];

interface Changed extends Pick<DispatchWorld, "store" | "clock" | "only"> {
  readonly settings: Partial<Settings>;
}

const PLAIN: Profile = { setup: [], acceptance: [], allowedPaths: [], scope: null, caps: {}, maxParallel: 1000 };
const READY = { ready: true, fix: "" } as const;

/** The same for everybody: whether a guard works does not hang on what somebody has set. */
const CAPS: Partial<Settings> = {
  "caps.attempt.minutes": 45,
  "caps.attempt.turns": 8,
  "caps.attempt.responses": 200,
  "caps.attempt.tool_calls": 400,
  "caps.attempt.tokens": 10_000,
  "caps.attempt.usd": microDollarsOf(10_000),
  "caps.task.sessions": 3,
  "caps.idea.tokens": 100_000,
  "caps.idea.usd": microDollarsOf(100_000),
  "caps.day.tokens": 1_000_000,
  "caps.day.usd": microDollarsOf(1_000_000),
  "caps.month.tokens": 10_000_000,
  "caps.month.usd": microDollarsOf(10_000_000),
};

/** Dispatch as it is, with a repository that is always there and surroundings that are always ready. */
function dispatchWorld({ settings, redact, roleCard }: DrillSurroundings, changed: Changed): DispatchWorld {
  return {
    ...changed,
    settings: { ...settings, ...CAPS, max_parallel: 1000, ...changed.settings },
    redact,
    roleCard,
    holder: holderOf({ host: "drill", pid: 0, start: "drill" }),
    // A drill that met a bug has not seen its guard fire.
    trouble: (error) => {
      throw error;
    },
    repository: { resolve: async () => ok("0".repeat(40)) },
    profileAt: async () => ok(PLAIN),
    protectedAt: async () => [],
    surroundings: async () => ({ sandbox: READY, agent: READY, key: READY }),
    judge: async () => null,
    keep: false,
  };
}
