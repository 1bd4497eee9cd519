import { capScopeOf, type Cap, type CapUnit } from "../../model/cap.ts";
import { idOf, type AttemptId } from "../../model/ids.ts";
import type { Settlement } from "../../model/model-request.ts";
import { listCaps } from "../caps/list-caps.ts";
import { settleAmount } from "../caps/settle-amount.ts";
import type { Tx } from "../store.ts";
import { holdAccount, outerScopes, type Account } from "./attempt-account.ts";
import { settleRequest } from "./settle-request.ts";

/**
 * Closes an attempt's account, once: requests still under way count as estimated, what is left of its reservation is
 * free again, and its session counts when it reached an agent. False when it was closed before or never opened.
 */
export async function settleAttempt(tx: Tx, attemptId: AttemptId): Promise<boolean> {
  const account = await holdAccount(tx, attemptId);
  if (account === null || !account.open) return false;
  await settleOpenRequests(tx, attemptId);
  const caps = await ownCaps(tx, attemptId);
  const reached = await reachedAgent(tx, account);
  await closeAccount(tx, attemptId, { caps, reached });
  await releaseRest(tx, account, { caps, reached });
  return true;
}

/** Their agent is gone, so nobody will read the answers; what the provider does with them nobody will be told. */
const ABANDONED: Settlement = { responseId: null, usage: null, model: null, status: null, error: "attempt_ended" };

async function settleOpenRequests(tx: Tx, attemptId: AttemptId): Promise<void> {
  const open = await tx.db
    .selectFrom("ledger")
    .select("id")
    .where("attempt_id", "=", attemptId)
    .where("kind", "=", "request")
    .where("state", "=", "reserved")
    .orderBy("id")
    .execute();
  // No price is asked for: without usage the reservation itself is what counts.
  for (const { id } of open) {
    await settleRequest(tx, { id: idOf.ledger(id), settlement: ABANDONED, priceOf: () => null });
  }
}

type OwnCaps = Readonly<Record<"usd" | "tokens", Cap | null>>;

async function ownCaps(tx: Tx, attemptId: AttemptId): Promise<OwnCaps> {
  const caps = await listCaps(tx, [capScopeOf.attempt(attemptId)]);
  const of = (unit: CapUnit): Cap | null => caps.find((cap) => cap.unit === unit) ?? null;
  return { usd: of("usd"), tokens: of("tokens") };
}

/**
 * Whether it counts as a session of its task: an agent was reached when it opened a session or a request of its came to
 * something, but an end that others brought about takes nothing from the task.
 */
async function reachedAgent(tx: Tx, account: Account): Promise<boolean> {
  if (account.endedByOthers) return false;
  if (account.sessionId !== null) return true;
  const request = await tx.db
    .selectFrom("ledger")
    .select("id")
    .where("attempt_id", "=", account.attemptId)
    .where("kind", "=", "request")
    .limit(1)
    .executeTakeFirst();
  return request !== undefined;
}

interface Ending {
  readonly caps: OwnCaps;
  readonly reached: boolean;
}

async function closeAccount(tx: Tx, attemptId: AttemptId, { caps, reached }: Ending): Promise<void> {
  await tx.db
    .updateTable("ledger")
    .set({
      state: reached ? "settled" : "released",
      total: caps.tokens?.spent ?? 0,
      usd: caps.usd === null || caps.usd.unknown > 0 ? null : caps.usd.spent,
      provenance: caps.tokens?.provenance ?? "measured",
      settled_at: tx.now,
    })
    .where("attempt_id", "=", attemptId)
    .where("kind", "=", "attempt")
    .execute();
}

async function releaseRest(tx: Tx, account: Account, { caps, reached }: Ending): Promise<void> {
  const task = capScopeOf.task(account.taskId);
  await settleAmount(tx, { scope: task, unit: "sessions", free: 1, spend: reached ? 1 : 0 });
  for (const scope of outerScopes(account)) {
    for (const unit of ["usd", "tokens"] as const) {
      const free = Math.max(0, (caps[unit]?.cap ?? 0) - (caps[unit]?.spent ?? 0));
      await settleAmount(tx, { scope, unit, free });
    }
  }
}
