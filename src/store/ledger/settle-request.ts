import { capScopeOf, type Cap, type CapUnit } from "../../model/cap.ts";
import { idOf, type LedgerId } from "../../model/ids.ts";
import type { Settlement } from "../../model/model-request.ts";
import type { Provenance } from "../../model/provenance.ts";
import type { PriceOf } from "../../policy/prices/price-of.ts";
import { settleAmount } from "../caps/settle-amount.ts";
import type { Tx } from "../store.ts";
import { holdAccount, outerScopes, type Account } from "./attempt-account.ts";
import { billedModel, billOf, type Bill, type RequestRow } from "./request-bill.ts";

export interface RequestEnd {
  readonly id: LedgerId;
  readonly settlement: Settlement;
  readonly priceOf: PriceOf;
}

/**
 * Settles one request: what it reserved is free again, what it used is spent, in its attempt and at once in the scopes
 * around it. False when it was settled before: settling twice changes nothing.
 */
export async function settleRequest(tx: Tx, end: RequestEnd): Promise<boolean> {
  const row = await tx.db.selectFrom("ledger").selectAll().where("id", "=", end.id).executeTakeFirst();
  if (row === undefined || row.kind !== "request" || row.state !== "reserved") return false;
  const account = await holdAccount(tx, idOf.attempt(row.attempt_id));
  const bill = billOf(row, { ...end, now: tx.now });
  if (account === null || !(await closeRow(tx, row, { end, bill }))) return false;
  await settleCaps(tx, row, { account, bill });
  return true;
}

async function closeRow(tx: Tx, row: RequestRow, { end, bill }: { end: RequestEnd; bill: Bill }): Promise<boolean> {
  const { usage, ...settlement } = end.settlement;
  const closed = await tx.db
    .updateTable("ledger")
    .set({
      state: bill.answered ? "settled" : "released",
      model: billedModel(row, settlement),
      response_id: settlement.responseId,
      input: usage?.input ?? null,
      cached_input: usage?.cachedInput ?? null,
      output: usage?.output ?? null,
      reasoning: usage?.reasoning ?? null,
      total: bill.tokens,
      usd: bill.usd,
      status: settlement.status,
      error: settlement.error,
      provenance: bill.provenance,
      settled_at: tx.now,
    })
    .where("id", "=", row.id)
    .where("state", "=", "reserved")
    .returning("id")
    .execute();
  return closed.length === 1;
}

async function settleCaps(tx: Tx, row: RequestRow, { account, bill }: { account: Account; bill: Bill }): Promise<void> {
  const { answered, tokens, usd, provenance } = bill;
  const scope = capScopeOf.attempt(account.attemptId);
  const money = { free: row.reserved_usd ?? 0, spend: usd ?? 0, unknown: usd === null ? 1 : 0 };
  const ofMoney = await settleAmount(tx, { scope, unit: "usd", ...money, provenance });
  const ofTokens = await settleAmount(tx, {
    scope,
    unit: "tokens",
    free: row.reserved_tokens,
    spend: tokens,
    provenance,
  });
  await settleAmount(tx, {
    scope,
    unit: "responses",
    free: 1,
    spend: answered ? 1 : 0,
    unknown: 0,
    provenance: "measured",
  });
  await settleOuter(tx, account, [
    { unit: "usd", cap: ofMoney, spend: money.spend, unknown: money.unknown, provenance },
    { unit: "tokens", cap: ofTokens, spend: tokens, unknown: 0, provenance },
  ]);
}

interface Spent {
  readonly unit: CapUnit;
  /** The attempt's own cap after this was spent. */
  readonly cap: Cap | null;
  readonly spend: number;
  readonly unknown: number;
  readonly provenance: Provenance;
}

async function settleOuter(tx: Tx, account: Account, spents: readonly Spent[]): Promise<void> {
  for (const scope of outerScopes(account)) {
    for (const { unit, cap, spend, unknown, provenance } of spents) {
      const free = cap === null ? 0 : left(cap, spend) - left(cap, 0);
      await settleAmount(tx, { scope, unit, free, spend, unknown, provenance });
    }
  }
}

/** What the scopes around an attempt still hold for it: its cap less what it has spent, before its last `spend`. */
function left(cap: Cap, spend: number): number {
  return Math.max(0, (cap.cap ?? 0) - (cap.spent - spend));
}
