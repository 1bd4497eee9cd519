import { ok, type Result } from "../kit/result.ts";
import { instantOf } from "../model/time.ts";
import type { Failure } from "../model/failure.ts";
import type { IdeaId } from "../model/ids.ts";
import type { Context } from "./context.ts";
import type { Opened } from "./open.ts";

export interface WaitWish {
  readonly id: IdeaId;
  /** Keep the folders of runs that are started here. */
  readonly keep: boolean;
}

/** Somebody works on the idea from here on: the server where one runs, else this process for as long as it waits. */
export async function carry(
  context: Context,
  opened: Opened,
  wish: WaitWish,
): Promise<Result<AsyncDisposable, Failure>> {
  if (await isServed(context, opened)) {
    context.output.note("A server runs and works on it; this only follows. Ctrl-C leaves it to the server.");
    if (wish.keep) context.output.note("--keep has no effect: the folders are the server's.");
    return ok({ [Symbol.asyncDispose]: () => Promise.resolve() });
  }
  const { learnWorld } = await import("../world/learn.ts");
  const { Pulse } = await import("../server/pulse.ts");
  const { startCrew } = await import("./crew.ts");
  const { heardStore } = await import("./heard-store.ts");
  const pulse = new Pulse();
  const learn = await learnWorld({
    config: opened.config,
    store: heardStore(opened.store, pulse),
    clock: context.clock,
  });
  const { id: only, keep } = wish;
  return await startCrew(context, { opened, learn, pulse, only, keep, address: null });
}

/** Waiting commands play the scheduler too, each for its own idea; only a server has an address. */
async function isServed(context: Context, { store }: Opened): Promise<boolean> {
  const { listLeases } = await import("../store/leases/list-leases.ts");
  const { thisProcess } = await import("../world/this-process.ts");
  const leases = await store.read((reader) => listLeases(reader));
  const now = instantOf(context.clock.now());
  return leases.some(
    ({ name, address, holder, expiresAt }) =>
      name === "scheduler" && address !== null && expiresAt > now && !thisProcess.isDead(holder),
  );
}
