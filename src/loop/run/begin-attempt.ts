import { join } from "node:path";
import { fail, ok, type Result } from "../../kit/result.ts";
import type { Attempt } from "../../model/attempt.ts";
import type { Holder } from "../../model/holder.ts";
import type { Launch } from "../../model/launch.ts";
import { instantOf, msOf } from "../../model/time.ts";
import type { Caller, DeskTrouble } from "../../ports/desk.ts";
import { startAttempt } from "../../store/attempts/start-attempt.ts";
import type { Tx } from "../../store/store.ts";
import { mintToken } from "../../store/tokens/mint-token.ts";
import { admit, claimOf } from "./admit.ts";
import type { DeskWorld } from "./run-world.ts";

/** Milliseconds: a runner that has not called for so long has lost its attempt. */
export const LEASE_MS: number = 15_000;
const HEARTBEAT_MS = 500;
/** Even a slow host is given up before the lease is over: the runner ends its group before anybody else may take the task. */
const SILENCE_MS = 3_000;
/** Beside its own minutes a runner needs time to end things in order. */
const ENDING_MS = 60_000;
/** Tokens end with their attempt; the longest wait for a person is a week. */
export const TOKEN_MS: number = 8 * 24 * 3_600_000;

/** A runner begins: its lease starts, and it gets all it may know. */
export async function beginAttempt(
  world: DeskWorld,
  caller: Caller,
  holder: Holder,
): Promise<Result<Launch, DeskTrouble>> {
  const admitted = await admit(world, caller, "start");
  if (!admitted.ok) return admitted;
  const deadlineMs = admitted.value.order.caps.minutes * 60_000 + ENDING_MS;
  const launch = await world.store.write({ actor: "desk", simulated: admitted.value.simulated }, async (tx) => {
    const attempt = await startAttempt(tx, { ...claimOf(caller), holder, leaseMs: LEASE_MS, deadlineMs });
    return attempt === null ? null : launchOf(world, attempt, await gatewayOf(tx, world, attempt));
  });
  return launch === null ? fail("stale") : ok(launch);
}

/** The agent's own token is made only now: nobody has to keep it until it is needed. */
async function gatewayOf(tx: Tx, { gateway }: DeskWorld, attempt: Attempt): Promise<Launch["gateway"]> {
  if (attempt.agent !== "codex" || gateway === null) return null;
  const expiresAt = instantOf(msOf(tx.now) + TOKEN_MS);
  const { id: attemptId, fence } = attempt;
  const token = await mintToken(tx, { use: "gateway", attemptId, fence, expiresAt });
  return { url: gateway.url, socket: gateway.socket, token };
}

function launchOf(world: DeskWorld, attempt: Attempt, gateway: Launch["gateway"]): Launch {
  const { places, settings, codexBinary } = world;
  return {
    order: attempt.order,
    fence: attempt.fence,
    gateway,
    codexBinary: attempt.agent === "codex" ? codexBinary : null,
    folder: join(places.attempts, attempt.id),
    setupCache: places.setupCache,
    hidden: places.hidden,
    heartbeatMs: HEARTBEAT_MS,
    hostSilenceMs: SILENCE_MS,
    keep: attempt.keep,
    modelIdleMs: settings["gateway.idle_seconds"] * 1000,
  };
}
