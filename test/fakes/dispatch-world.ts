/** A world for dispatch: a repository that is a few words, an executor, and nothing that holds work back. */
import type { Clock } from "../../src/kit/clock.ts";
import { ok } from "../../src/kit/result.ts";
import type { DispatchWorld } from "../../src/loop/dispatch/dispatch-world.ts";
import { roleCardOf } from "../../src/model/role-card.ts";
import type { Store } from "../../src/store/store.ts";
import { defaultSettings } from "./default-settings.ts";
import { HEAD, PROFILE, PROTECTED, RUNNER, text } from "./delivery.ts";

const READY = { ready: true, fix: "" } as const;

export async function dispatchWorld(
  store: Store,
  clock: Clock,
  changed: Partial<DispatchWorld> = {},
): Promise<DispatchWorld> {
  return {
    store,
    clock,
    settings: await defaultSettings({ max_parallel: 64 }),
    repository: { resolve: () => Promise.resolve(ok(HEAD)) },
    roleCard: (role) => roleCardOf(role, "Do it."),
    profileAt: () => Promise.resolve(ok(PROFILE)),
    protectedAt: () => Promise.resolve(PROTECTED),
    surroundings: () => Promise.resolve({ sandbox: READY, agent: READY, key: READY }),
    judge: () => Promise.resolve(null),
    redact: text,
    holder: RUNNER,
    trouble: (error) => {
      throw error;
    },
    only: null,
    keep: false,
    ...changed,
  };
}
