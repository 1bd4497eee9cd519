import type { Selectable } from "kysely";
import { capScopeOf, type Cap, type CapUnit } from "../../model/cap.ts";
import { idOf, type LedgerId } from "../../model/ids.ts";
import { mayBeBilled, type Settlement } from "../../model/model-request.ts";
import type { Provenance } from "../../model/provenance.ts";
import type { PriceOf } from "../../policy/prices/price-of.ts";
import type { LedgerTable } from "../agent-run-tables.ts";
import { settleAmount } from "../caps/settle-amount.ts";
import type { Tx } from "../store.ts";
import { holdAccount, outerScopes, type Account } from "./attempt-account.ts";

export interface RequestEnd {
  readonly id: LedgerId;
  readonly settlement: Settlement;
  readonly priceOf: PriceOf;
}

type Row = Selectable<LedgerTable>;

/** What a request came to. */
interface Bill {
  /** Whether the provider answered, or may have. */
  readonly answered: boolean;
  readonly tokens: number;
  /** `null`: no price is known. */
  readonly usd: number | null;
  readonly provenance: Provenance;
}

/**
 * Settles one request: what it reserved is free again, what it used is spent, in its attempt and at once in the scopes
 * around it. False when it was settled before: settling twice changes nothing.
 */
export async function settleRequest(tx: Tx, end: RequestEnd): Promise<boolean> {
  const row = await tx.db.selectFrom("ledger").selectAll().where("id", "=", end.id).executeTakeFirst();
  if (row === undefined || row.kind !== "request" || row.state !== "reserved") return false;
  const account = await holdAccount(tx, idOf.attempt(row.attempt_id));
  const bill = billOf(tx, row, end);
  if (account === null || !(await closeRow(tx, row, { end, bill }))) return false;
  await settleCaps(tx, row, { account, bill });
  return true;
}

/** Tokens that may have been billed count as the reservation says; what was certainly not billed is nothing. */
function billOf(tx: Tx, row: Row, { settlement, priceOf }: RequestEnd): Bill {
  const { usage } = settlement;
  const simulated = row.provenance === "simulated";
  if (usage !== null) {
    const usd = priceOf(billedModel(row, settlement), usage, tx.now);
    return { answered: true, tokens: usage.total, usd, provenance: simulated ? "simulated" : "measured" };
  }
  if (!mayBeBilled(settlement))
    return { answered: false, tokens: 0, usd: 0, provenance: simulated ? "simulated" : "measured" };
  return {
    answered: true,
    tokens: row.reserved_tokens,
    usd: row.reserved_usd,
    provenance: simulated ? "simulated" : "estimated",
  };
}

/** What the answer says of its model, but for a tier that was asked for and that the answer is silent about. */
function billedModel({ model }: Row, settlement: Pick<Settlement, "model">): string | null {
  const answered = settlement.model ?? model;
  return model?.includes("@") === true && answered?.includes("@") !== true ? model : answered;
}

async function closeRow(tx: Tx, row: Row, { end, bill }: { end: RequestEnd; bill: Bill }): Promise<boolean> {
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

async function settleCaps(tx: Tx, row: Row, { account, bill }: { account: Account; bill: Bill }): Promise<void> {
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
