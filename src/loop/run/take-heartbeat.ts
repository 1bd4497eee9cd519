import { fail, ok, type Result } from "../../kit/result.ts";
import type { Attempt } from "../../model/attempt.ts";
import { isAttemptFailureCode, type AttemptFailureCode } from "../../model/attempt-failure.ts";
import type { CapUnit } from "../../model/cap.ts";
import { idOf } from "../../model/ids.ts";
import { instantOf, msOf, type Instant } from "../../model/time.ts";
import type { Caller, DeskTrouble } from "../../ports/desk.ts";
import type { Progress, Pulse } from "../../ports/host.ts";
import { beatAttempt, type Beaten } from "../../store/attempts/beat-attempt.ts";
import { verifyAttempt } from "../../store/attempts/verify-attempt.ts";
import { refusedCap } from "../../store/ledger/refused-cap.ts";
import { admit, claimOf } from "./admit.ts";
import { LEASE_MS } from "./begin-attempt.ts";
import type { DeskWorld } from "./run-world.ts";

/** How much of a lease may be gone before a heartbeat that has nothing new to say writes it anew. */
const FRESH_MS = 4_000;

/** Keeps the lease and says what is wanted: what people and sweeps wish, and a cap of the ledger that refused something. */
export async function takeHeartbeat(
  world: DeskWorld,
  caller: Caller,
  progress: Progress,
): Promise<Result<Pulse, DeskTrouble>> {
  const admitted = await admit(world, caller, "heartbeat");
  if (!admitted.ok) return admitted;
  const attempt = admitted.value;
  const beaten = isOldNews(attempt, progress, instantOf(world.clock.now()))
    ? { stop: wishOf(attempt) }
    : await writeBeat(world, { caller, attempt, progress });
  if (beaten === null) return fail("stale");
  if (beaten.stop !== null) return ok(beaten);
  const unit = await world.store.read((reader) => refusedCap(reader, attempt.id));
  return ok({ stop: unit === null ? null : { wish: "safe", code: CODES[unit] } });
}

const CODES: Readonly<Record<CapUnit, AttemptFailureCode>> = {
  usd: "CAP_USD",
  tokens: "CAP_TOKENS",
  responses: "CAP_RESPONSES",
  // The reservation of the attempt is gone: it has been ended.
  sessions: "CANCELLED",
};

/** Two writes a second for each runner would say nothing that a read does not say. */
function isOldNews(attempt: Attempt, progress: Progress, now: Instant): boolean {
  const { turns, toolCalls, sessionId, phase } = progress;
  const isSame = attempt.turns === turns && attempt.toolCalls === toolCalls && attempt.sessionId === sessionId;
  const isKept = attempt.leaseUntil !== null && msOf(attempt.leaseUntil) - msOf(now) > LEASE_MS - FRESH_MS;
  return isSame && isKept && (phase === "verifying") === (attempt.state === "verifying");
}

function wishOf({ stop, stopReason }: Attempt): Pulse["stop"] {
  if (stop === null) return null;
  return { wish: stop, code: stopReason !== null && isAttemptFailureCode(stopReason) ? stopReason : "CANCELLED" };
}

function writeBeat(
  { store }: DeskWorld,
  { caller, attempt, progress }: { readonly caller: Caller; readonly attempt: Attempt; readonly progress: Progress },
): Promise<Beaten | null> {
  const { turns, toolCalls, sessionId } = progress;
  const beat = { leaseMs: LEASE_MS, turns, toolCalls, sessionId: sessionId === null ? null : idOf.session(sessionId) };
  return store.write({ actor: "desk", simulated: attempt.simulated }, async (tx) => {
    if (progress.phase === "verifying" && attempt.state === "running") await verifyAttempt(tx, claimOf(caller));
    return beatAttempt(tx, claimOf(caller), beat);
  });
}
