import { fail, ok, type Result } from "../../kit/result.ts";
import type { Attempt } from "../../model/attempt.ts";
import { instantOf } from "../../model/time.ts";
import type { Caller, DeskTrouble } from "../../ports/desk.ts";
import { getAttempt } from "../../store/attempts/get-attempt.ts";
import { refuseFence } from "../../store/attempts/refuse-fence.ts";
import { refuseToken } from "../../store/tokens/refuse-token.ts";
import { tokenPayer } from "../../store/tokens/token-payer.ts";
import type { DeskWorld } from "./run-world.ts";

/** The attempt of a caller whose token and fence are good. `act`: what it wants, a closed word for the log. */
export async function admit(
  world: Pick<DeskWorld, "store" | "clock">,
  caller: Caller,
  act: string,
): Promise<Result<Attempt, DeskTrouble>> {
  const now = instantOf(world.clock.now());
  const { token, attemptId, fence } = caller;
  const attempt = await world.store.read(async (reader) => {
    const payer = await tokenPayer(reader, { token, use: "host", now });
    return payer?.attemptId === attemptId && payer.fence === fence ? getAttempt(reader, attemptId) : null;
  });
  return attempt === null ? fail(await turnAway(world, caller, act)) : ok(attempt);
}

/** A token that was good once is a runner that came too late; of anybody else only the token is noted. */
async function turnAway({ store }: Pick<DeskWorld, "store">, caller: Caller, act: string): Promise<DeskTrouble> {
  const { token, attemptId, fence } = caller;
  return store.write({ actor: "desk" }, async (tx) => {
    const trouble = await refuseToken(tx, { token, use: "host", attemptId });
    if (trouble !== "expired") return "refused";
    await refuseFence(tx, { id: attemptId, fence }, act);
    return "stale";
  });
}

export function claimOf({ attemptId, fence }: Caller): { readonly id: Caller["attemptId"]; readonly fence: number } {
  return { id: attemptId, fence };
}
