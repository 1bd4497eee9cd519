/** Everybody who carries ideas in this process: the scheduler with its stages, the dispatcher, the sweeper, the sealer. */
import { ok, type Result } from "../kit/result.ts";
import { DELIVERY_STAGES, type DeliveryWorld } from "../loop/loop.ts";
import { dispatchReady } from "../loop/dispatch/dispatch-ready.ts";
import { sweepLost } from "../loop/dispatch/sweep-lost.ts";
import { pruneFiles } from "../loop/run/prune-files.ts";
import { tellExpired } from "../loop/run/tell-expired.ts";
import type { Failure } from "../model/failure.ts";
import type { IdeaId } from "../model/ids.ts";
import type { Pulse } from "../server/pulse.ts";
import { RoleHealth } from "../server/roles/role-health.ts";
import { startRoles } from "../server/roles/roles.ts";
import { openDelivery } from "../world/delivery.ts";
import type { LearnSurroundings } from "../world/learn.ts";
import { thisProcess } from "../world/this-process.ts";
import type { Context } from "./context.ts";
import type { Opened } from "./open.ts";
import { unexpected } from "./unexpected.ts";

export interface CrewWish {
  readonly opened: Opened;
  readonly learn: LearnSurroundings;
  readonly pulse: Pulse;
  /** Carry only this idea; `null`: all. */
  readonly only: IdeaId | null;
  /** Keep the folders of the attempts that are dispatched here. */
  readonly keep: boolean;
  /** Where people reach this process; `null`: nowhere, it is a waiting command. */
  readonly address: string | null;
  /** Where it is told which roles fail; left out, nobody asks. */
  readonly health?: RoleHealth;
}

/** Disposing asks all to end after the work at hand and waits for them. Runners go on: whoever comes next finds them. */
export async function startCrew(context: Context, wish: CrewWish): Promise<Result<AsyncDisposable, Failure>> {
  const { opened, learn, pulse, only, keep } = wish;
  const trouble = (error: unknown): void => void unexpected(error, context);
  const parts = { config: opened.config, learn, only, keep, stop: context.stop, trouble };
  const delivery = await openDelivery(parts);
  if (!delivery.ok) return delivery;
  const crew = new AsyncDisposableStack();
  crew.use(delivery.value);
  const { world } = delivery.value;
  // What was claimed here and has no runner yet nobody else would start before this process is known to be gone.
  crew.defer(async () => {
    await sweepLost({ ...world, isDead: (holder) => holder === thisProcess.holder });
  });
  crew.use(
    startRoles({
      ...thisProcess,
      address: wish.address,
      store: world.store,
      clock: context.clock,
      stages: DELIVERY_STAGES,
      world,
      redact: world.redact,
      rounds: roundsOf(world),
      changed: (signal) => pulse.next(signal),
      broke: trouble,
      waits: (failure) => context.output.note(failure.message),
      health: wish.health ?? new RoleHealth(),
    }),
  );
  return ok(crew);
}

/** Each looks for itself what there is to do, so that a lost event or a dead process only costs a moment. */
function roundsOf(world: DeliveryWorld): Readonly<Record<string, () => Promise<unknown>>> {
  return {
    dispatch: () => dispatchReady(world),
    sweep: () => sweepLost(world),
    approvals: () => tellExpired(world),
    files: pruneFiles(world),
  };
}
