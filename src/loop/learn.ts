/**
 * Signals and their price, computed together because both look at the same trace: sessions whose rows changed are
 * loaded in batches, judged by every rule, priced, and written back in one transaction a batch. Stopping in between
 * loses nothing: a session stays marked until its signals are stored.
 */
import type { Clock } from "../kit/clock.ts";
import { pacer } from "../kit/pacer.ts";
import { fail, ok, type Result } from "../kit/result.ts";
import type { Failure } from "../model/failure.ts";
import { idOf, type EventId } from "../model/ids.ts";
import type { FrictionCost } from "../model/friction-cost.ts";
import type { Signal } from "../model/signal.ts";
import { instantOf } from "../model/time.ts";
import type { SessionTrace } from "../model/trace.ts";
import { putFrictionCosts } from "../store/costs/put-friction-costs.ts";
import { appendEvent } from "../store/events/append-event.ts";
import { clearDirtySessions } from "../store/sessions/clear-dirty-sessions.ts";
import { listDirtySessions } from "../store/sessions/list-dirty-sessions.ts";
import { loadSessionTraces } from "../store/sessions/load-session-traces.ts";
import { markSessionsDirty } from "../store/sessions/mark-sessions-dirty.ts";
import { markStaleSessionsDirty } from "../store/sessions/mark-stale-sessions-dirty.ts";
import { replaceSignals } from "../store/signals/replace-signals.ts";
import type { Stamp, Store } from "../store/store.ts";
import type { PriceOf } from "../policy/prices/price-of.ts";
import { priceFriction } from "./learn/price/price-friction.ts";
import { computeSignals } from "./learn/signals/compute-signals.ts";
import { RULES_VERSION } from "./learn/signals/rules-version.ts";

export interface LearnWorld {
  readonly clock: Clock;
  readonly store: Store;
  readonly priceOf: PriceOf;
  /** Changes whenever a price does: what was priced before is priced again. */
  readonly priceVersion: string;
}

export interface LearnRequest {
  /** Only this session, whether it changed or not; `null` for all that changed. */
  readonly session: string | null;
  readonly signal: AbortSignal;
  /** The event that asked for it. */
  readonly cause?: EventId;
}

export interface Learned {
  readonly sessions: number;
  readonly friction: number;
  readonly delight: number;
}

const BATCH = 20;

export async function recompute(world: LearnWorld, request: LearnRequest): Promise<Result<Learned, Failure>> {
  const { store } = world;
  const now = instantOf(world.clock.now());
  const stamp: Stamp = { actor: "signals", ...(request.cause === undefined ? {} : { cause: request.cause }) };
  await store.write(stamp, async (tx) => {
    if (request.session !== null) await markSessionsDirty(tx, [idOf.session(request.session)]);
    await markStaleSessionsDirty(tx, { rules: `${RULES_VERSION} ${world.priceVersion}`, now });
  });
  const learned = { sessions: 0, friction: 0, delight: 0 };
  const breathe = pacer(world.clock);
  while (!request.signal.aborted) {
    await breathe();
    const changed = await learnBatch(world, stamp, learned);
    if (changed === 0) return ok(learned);
  }
  return fail(INTERRUPTED);
}

/** Judges one batch; returns how many sessions it had. A session that changes meanwhile keeps its mark and comes again. */
async function learnBatch(
  world: LearnWorld,
  stamp: Stamp,
  learned: { sessions: number; friction: number; delight: number },
): Promise<number> {
  const now = instantOf(world.clock.now());
  const { dirty, traces } = await world.store.read(async (reader) => {
    const listed = await listDirtySessions(reader, { limit: BATCH });
    return {
      dirty: listed,
      traces: await loadSessionTraces(
        reader,
        listed.map(({ id }) => id),
        { now },
      ),
    };
  });
  if (dirty.length === 0) return 0;
  const batch = dirty.map(({ id }) => id);
  const results = traces.map((trace) => judge(trace, world.priceOf));
  const signals = results.flatMap((result) => result.signals);
  await world.store.write(stamp, async (tx) => {
    await replaceSignals(tx, { sessions: batch, signals });
    await putFrictionCosts(tx, { sessions: batch, costs: results.flatMap((result) => result.costs) });
    await clearDirtySessions(tx, dirty);
    await appendEvent(tx, {
      type: "signals.computed",
      key: "signals",
      payload: { sessions: batch.length, signals: signals.length },
    });
  });
  learned.sessions += traces.length;
  learned.friction += signals.filter((signal) => signal.type === "friction").length;
  learned.delight += signals.filter((signal) => signal.type === "delight").length;
  return dirty.length;
}

interface Judged {
  readonly signals: readonly Signal[];
  readonly costs: readonly FrictionCost[];
}

function judge(trace: SessionTrace, priceOf: PriceOf): Judged {
  const signals = computeSignals(trace);
  const { rows } = priceFriction(trace, signals, priceOf);
  return { signals, costs: rows };
}

const INTERRUPTED: Failure = {
  code: "interrupted",
  message: "Computing signals was interrupted.",
  cause: "A stop was asked for; what was computed so far is stored.",
  hint: "Do this: run the same command again; it goes on where it stopped.",
  retry: "now",
};
