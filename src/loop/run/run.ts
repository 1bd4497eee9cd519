import type { Attempt } from "../../model/attempt.ts";
import type { Event } from "../../model/event.ts";
import type { Failure } from "../../model/failure.ts";
import type { Handled } from "../../model/handled.ts";
import { idOf } from "../../model/ids.ts";
import { instantOf, msOf } from "../../model/time.ts";
import type { Stage } from "../../ports/stage.ts";
import { endAttempt } from "../../store/attempts/end-attempt.ts";
import { getAttempt } from "../../store/attempts/get-attempt.ts";
import { placeAttempt } from "../../store/attempts/place-attempt.ts";
import { mintToken } from "../../store/tokens/mint-token.ts";
import { LEASE_MS, TOKEN_MS } from "./begin-attempt.ts";
import { clearAway } from "./clear-away.ts";
import type { RunWorld } from "./run-world.ts";

/** A runner has to make its first call within this; a cold start of the program takes a second. */
const FIRST_CALL_MS = 2 * LEASE_MS;
/** A process that waits for one idea leaves the attempts of others to whoever carries them. */
const LEAVE_MS = 1_000;

/** Starts the runner of a queued attempt, and clears away what is left of an ended one. */
export const runStage: Stage<RunWorld> = {
  name: "run",
  wakesOn: ["attempt.queued", "attempt.ended"],
  handle: async (event, world) => {
    const attempt = await world.store.read((reader) => getAttempt(reader, idOf.attempt(event.key)));
    if (attempt === null) return { kind: "done" };
    if (world.only !== null && attempt.ideaId !== world.only) return again(world, LEAVE_MS);
    if (event.type === "attempt.ended") return clearAway(world, attempt);
    return attempt.state === "queued" ? start(world, attempt, event) : { kind: "done" };
  },
};

async function start(world: RunWorld, attempt: Attempt, event: Event): Promise<Handled> {
  // Its runner has been started, by a job that died before it could say so; whether it calls its lease will tell.
  if (attempt.holder !== null && !world.isDead(attempt.holder)) return { kind: "done" };
  const { id, fence, simulated } = attempt;
  const stamp = { actor: "run", cause: event.id, simulated };
  const token = await world.store.write(stamp, (tx) =>
    mintToken(tx, { use: "host", attemptId: id, fence, expiresAt: instantOf(msOf(tx.now) + TOKEN_MS) }),
  );
  const trace = event.trace ?? event.id;
  const started = await world.engine.start({ attemptId: id, fence, host: world.hostUrl, token, trace });
  await world.store.write(stamp, async (tx) => {
    if (started.ok) await placeAttempt(tx, { id, fence, holder: started.value, leaseMs: FIRST_CALL_MS });
    else await endAttempt(tx, { id, fence }, notStarted(world, started.failure));
  });
  return { kind: "done" };
}

function notStarted({ redact }: RunWorld, { cause }: Failure): Parameters<typeof endAttempt>[2] {
  const detail = redact(`Its runner could not be started: ${cause}`);
  const failure = { code: "NOT_STARTED", detail } as const;
  return { outcome: "lost", failure, head: null, sessionId: null, turns: null, toolCalls: null };
}

function again({ clock }: RunWorld, ms: number): Handled {
  return { kind: "again", at: instantOf(clock.now() + ms) };
}
