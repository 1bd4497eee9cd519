import { capScopeOf, type CapScope, type CapUnit } from "../../model/cap.ts";
import { newId, type LedgerId } from "../../model/ids.ts";
import type { Forbidden, Payer, RequestFacts, Reservation } from "../../model/model-request.ts";
import { msOf } from "../../model/time.ts";
import { hitCap } from "../caps/hit-cap.ts";
import { reserveAmounts, type CapAmount } from "../caps/reserve-amounts.ts";
import type { Tx } from "../store.ts";
import { holdAccount, type Account } from "./attempt-account.ts";
import { UNCOUNTED } from "./uncounted.ts";
import { estimateRequest, type Estimate, type Rates } from "./request-estimate.ts";

export interface RequestWish extends Rates {
  readonly payer: Payer;
  readonly facts: RequestFacts;
}

/**
 * Reserves what one model request may use within its attempt, or refuses it. The scopes around the attempt hold its
 * whole caps already, so they are not asked again. A refusal is a row too; the first one for a cap is told as an event.
 */
export async function reserveRequest(tx: Tx, wish: RequestWish): Promise<Reservation> {
  const reservation = await tryReserveRequest(tx, wish);
  if (reservation.kind === "refused") await noteRefusal(tx, wish, reservation.unit);
  return reservation;
}

/** The same without a word about a refusal: see `noteRefusal`. */
export async function tryReserveRequest(tx: Tx, wish: RequestWish): Promise<Reservation> {
  const scope = capScopeOf.attempt(wish.payer.attemptId);
  const account = await holdAccount(tx, wish.payer.attemptId);
  if (account === null || !account.open) return { kind: "refused", scope, unit: "sessions" };
  const estimate = await estimateRequest(tx, { ...wish, role: account.role });
  const refused = await reserveAmounts(tx, amountsOf(scope, estimate));
  if (refused !== null) return { kind: "refused", scope, unit: refused.unit };
  const id = await putRequest(tx, wish, { account, estimate, state: "reserved", error: null });
  return { kind: "reserved", id };
}

function amountsOf(scope: CapScope, { usd, tokens }: Estimate): readonly CapAmount[] {
  const counted: readonly CapAmount[] = [
    { scope, unit: "tokens", amount: tokens },
    { scope, unit: "responses", amount: 1 },
  ];
  return usd === null ? counted : [{ scope, unit: "usd", amount: usd }, ...counted];
}

/**
 * Writes down that a cap held a request back. An agent may ask a thousand times: each is a row, but the log, which is
 * kept for ever, is told once. An attempt that is over hit no cap.
 */
export async function noteRefusal(tx: Tx, wish: RequestWish, unit: CapUnit): Promise<void> {
  const account = await holdAccount(tx, wish.payer.attemptId);
  if (account === null || !account.open) return;
  const error = `cap_${unit}`;
  const before = await tx.db
    .selectFrom("ledger")
    .select("id")
    .where("attempt_id", "=", account.attemptId)
    .where("state", "=", "refused")
    .where("error", "=", error)
    .limit(1)
    .executeTakeFirst();
  const estimate = await estimateRequest(tx, { ...wish, role: account.role });
  await putRequest(tx, wish, { account, estimate, state: "refused", error });
  const scope = capScopeOf.attempt(account.attemptId);
  if (before === undefined) await hitCap(tx, { scope, unit, subject: account.attemptId });
}

/** Writes down a request that was not sent because of what it asks for. No cap was in its way. */
export async function noteForbidden(tx: Tx, wish: RequestWish, what: Forbidden): Promise<void> {
  const account = await holdAccount(tx, wish.payer.attemptId);
  if (account === null || !account.open) return;
  const estimate = await estimateRequest(tx, { ...wish, role: account.role });
  await putRequest(tx, wish, { account, estimate, state: "refused", error: `forbidden_${what}` });
}

interface RequestRow {
  readonly account: Account;
  readonly estimate: Estimate;
  readonly state: "reserved" | "refused";
  readonly error: string | null;
}

async function putRequest(tx: Tx, { facts }: RequestWish, row: RequestRow): Promise<LedgerId> {
  const id = newId.ledger(msOf(tx.now));
  await tx.db
    .insertInto("ledger")
    .values({
      id,
      attempt_id: row.account.attemptId,
      idea_id: row.account.ideaId,
      payer: `attempt/${row.account.attemptId}`,
      kind: "request",
      state: row.state,
      role: row.account.role,
      model: facts.model,
      request_kind: facts.requestKind,
      thread_id: facts.threadId,
      response_id: null,
      reserved_tokens: row.estimate.tokens,
      reserved_usd: row.estimate.usd,
      ...UNCOUNTED,
      status: null,
      error: row.error,
      provenance: row.account.simulated ? "simulated" : "estimated",
      at: tx.now,
      settled_at: row.state === "refused" ? tx.now : null,
    })
    .execute();
  return id;
}
