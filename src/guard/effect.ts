/**
 * The only way to change something outside: write down what is wanted, look, make it when it is not there, look again,
 * write down what was seen. `ok` carries a verified effect, so a success that nobody saw cannot be expressed.
 */
import { fail, ok, type Result } from "../kit/result.ts";
import type { Effect, Want } from "../model/effect.ts";
import type { Failure } from "../model/failure.ts";
import type { EffectId } from "../model/ids.ts";
import type { Instant } from "../model/time.ts";
import { observeEffect, type Observed } from "../store/effects/observe-effect.ts";
import { wantEffect } from "../store/effects/want-effect.ts";
import type { Stamp, Store } from "../store/store.ts";

/** `there`: it is as wanted · `absent`: it is not · `unknown`: it could not be seen. */
export type Sight = "there" | "absent" | "unknown";

/** What the owner of the target can do; failures are expected, throws are bugs. */
export interface Hands {
  look(want: Want): Promise<Sight>;
  make(want: Want): Promise<Result<void, Failure>>;
}

export interface VerifiedEffect extends Effect {
  readonly status: "verified";
  readonly observedAt: Instant;
}

/** Who writes, and where. */
export interface Ledger {
  readonly store: Store;
  readonly stamp: Stamp;
}

/** Makes `want` true outside, once: what is already there is not made again. */
export async function effect(ledger: Ledger, want: Want, hands: Hands): Promise<Result<VerifiedEffect, Failure>> {
  const id = await ledger.store.write(ledger.stamp, (tx) => wantEffect(tx, want));
  const first = await hands.look(want);
  // Unknown blocks: what cannot be seen might be there already, and making it twice is worse than waiting.
  if (first !== "absent") return await observe(ledger, id, { sight: first });
  const made = await hands.make(want);
  const sight = await hands.look(want);
  return await observe(ledger, id, made.ok ? { sight } : { sight, failure: made.failure });
}

/** Looks again at an effect that was wanted before, without making anything: for sweeps and repairs. */
export async function recheck(
  ledger: Ledger,
  wanted: Pick<Effect, "id" | "want">,
  look: Hands["look"],
): Promise<Result<VerifiedEffect, Failure>> {
  return await observe(ledger, wanted.id, { sight: await look(wanted.want) });
}

interface Observation {
  readonly sight: Sight;
  /** Why making it failed. */
  readonly failure?: Failure;
}

const STATUS: Readonly<Record<Sight, Observed>> = { there: "verified", absent: "missing", unknown: "unverifiable" };

async function observe(ledger: Ledger, id: EffectId, seen: Observation): Promise<Result<VerifiedEffect, Failure>> {
  const row = await ledger.store.write(ledger.stamp, (tx) => observeEffect(tx, id, STATUS[seen.sight]));
  const { status, observedAt } = row;
  if (status === "verified" && observedAt !== null) return ok({ ...row, status, observedAt });
  return fail(seen.failure ?? notSeen(row));
}

function notSeen({ id, want, status }: Effect): Failure {
  const looked = status === "missing";
  return {
    code: looked ? "failed" : "try_later",
    message: `Effect ${id} (${want.kind}) is ${status}.`,
    cause: looked ? "It was looked for and is not there." : "It could not be looked at.",
    hint: "Do this: see what stands there, then run the command again: what is there already is not made twice.",
    retry: "later",
  };
}
