import type { Role } from "../../model/role.ts";
import { capScopeOf, type AttemptCaps, type CapLimits, type CapScope, type CapUnit } from "../../model/cap.ts";
import { newId, type AttemptId, type IdeaId, type TaskId } from "../../model/ids.ts";
import { dayOf, msOf } from "../../model/time.ts";
import { openCap } from "../caps/open-cap.ts";
import { reserveAmounts } from "../caps/reserve-amounts.ts";
import type { Tx } from "../store.ts";
import { UNCOUNTED } from "./uncounted.ts";

export interface AttemptWish {
  readonly attemptId: AttemptId;
  readonly ideaId: IdeaId;
  readonly taskId: TaskId;
  readonly role: Role;
  readonly model: string | null;
  readonly simulated: boolean;
  /** What the attempt itself may use: all of it is spoken for until the attempt is settled. */
  readonly caps: AttemptCaps;
  readonly limits: CapLimits;
}

export type AttemptReservation =
  | { readonly kind: "reserved" }
  /** The first cap it does not fit into. Nothing was reserved, and nothing told: see `hitCap`. */
  | { readonly kind: "refused"; readonly scope: CapScope; readonly unit: CapUnit };

interface Wanted {
  readonly scope: CapScope;
  readonly unit: CapUnit;
  readonly limit: number | null;
  readonly amount: number;
}

/** Reserves an attempt's whole caps, in the transaction that claims its task, and opens its own scope. */
export async function reserveAttempt(tx: Tx, wish: AttemptWish): Promise<AttemptReservation> {
  const { simulated } = wish;
  for (const wanted of outerWishes(tx, wish)) await openCap(tx, { ...wanted, simulated });
  const refused = await reserveAmounts(tx, outerWishes(tx, wish));
  if (refused !== null) return { kind: "refused", scope: refused.scope, unit: refused.unit };
  const scope = capScopeOf.attempt(wish.attemptId);
  await openCap(tx, { scope, unit: "usd", limit: wish.caps.microDollars, simulated });
  await openCap(tx, { scope, unit: "tokens", limit: wish.caps.tokens, simulated });
  await openCap(tx, { scope, unit: "responses", limit: wish.caps.responses, simulated });
  await openAccount(tx, wish);
  return { kind: "reserved" };
}

function outerWishes(tx: Tx, { ideaId, taskId, simulated, caps, limits }: AttemptWish): readonly Wanted[] {
  const today = dayOf(tx.now);
  const idea = capScopeOf.idea(ideaId);
  const day = capScopeOf.day(today, simulated);
  const month = capScopeOf.month(today, simulated);
  return [
    { scope: capScopeOf.task(taskId), unit: "sessions", limit: limits.taskSessions, amount: 1 },
    { scope: idea, unit: "usd", limit: limits.ideaMicroDollars, amount: caps.microDollars },
    { scope: idea, unit: "tokens", limit: limits.ideaTokens, amount: caps.tokens },
    { scope: day, unit: "usd", limit: limits.dayMicroDollars, amount: caps.microDollars },
    { scope: day, unit: "tokens", limit: limits.dayTokens, amount: caps.tokens },
    { scope: month, unit: "usd", limit: limits.monthMicroDollars, amount: caps.microDollars },
    { scope: month, unit: "tokens", limit: limits.monthTokens, amount: caps.tokens },
  ];
}

async function openAccount(tx: Tx, wish: AttemptWish): Promise<void> {
  await tx.db
    .insertInto("ledger")
    .values({
      id: newId.ledger(msOf(tx.now)),
      attempt_id: wish.attemptId,
      idea_id: wish.ideaId,
      payer: `attempt/${wish.attemptId}`,
      kind: "attempt",
      state: "reserved",
      role: wish.role,
      model: wish.model,
      request_kind: null,
      thread_id: null,
      response_id: null,
      reserved_tokens: wish.caps.tokens,
      reserved_usd: wish.caps.microDollars,
      ...UNCOUNTED,
      status: null,
      error: null,
      provenance: wish.simulated ? "simulated" : "measured",
      at: tx.now,
      settled_at: null,
    })
    .execute();
}
