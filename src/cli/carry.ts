import { fail, ok, type Result } from "../kit/result.ts";
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
  return fail(NO_SERVER);
}

async function isServed(context: Context, { store }: Opened): Promise<boolean> {
  const { listLeases } = await import("../store/leases/list-leases.ts");
  const { thisProcess } = await import("../world/this-process.ts");
  const leases = await store.read((reader) => listLeases(reader));
  const now = instantOf(context.clock.now());
  return leases.some(
    ({ name, holder, expiresAt }) => name === "scheduler" && expiresAt > now && !thisProcess.isDead(holder),
  );
}

const NO_SERVER: Failure = {
  code: "try_later",
  message: "No server runs that could work on it.",
  cause: "The idea is registered and waits.",
  hint: "Do this: codex-loop up",
  retry: "later",
};
