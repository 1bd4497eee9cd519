import type { GuardName } from "../../model/guard.ts";
import { newId, type DecisionId } from "../../model/ids.ts";
import type { Decision, RuleVerdict } from "../../model/policy.ts";
import type { Redacted } from "../../model/redacted.ts";
import { msOf } from "../../model/time.ts";
import { appendEvent } from "../events/append-event.ts";
import { noteGuardFired } from "../guards/note-guard-fired.ts";
import type { Tx } from "../store.ts";

export interface DecisionDraft {
  readonly decision: Decision;
  /** A closed text: a noun and an id. */
  readonly subject: string;
  readonly head: string | null;
  /** Canonical JSON of all that was judged and found. */
  readonly policy: Redacted;
  readonly facts: Redacted;
  readonly verdicts: Redacted;
}

/**
 * Keeps what policy said and all it was given, so that it can be asked again, and notes the guards that held the subject
 * back. Saying the same again about a subject (a stage that woke twice, a round of dispatch) adds nothing; `null` then.
 */
export async function putPolicyDecision(tx: Tx, draft: DecisionDraft): Promise<DecisionId | null> {
  const { decision, subject, head, policy, facts, verdicts } = draft;
  if (await saidLast(tx, draft)) return null;
  const id = newId.decision(msOf(tx.now));
  const { policyHash, factsHash, gate } = decision;
  await tx.db
    .insertInto("policy_decisions")
    .values({
      id,
      gate,
      subject,
      head,
      decision: decision.decision,
      policy_hash: policyHash,
      facts_hash: factsHash,
      policy,
      facts,
      verdicts,
      decided_at: tx.now,
    })
    .execute();
  const held = decision.rules.filter(({ verdict }) => verdict !== "pass");
  for (const guard of new Set(held.map(guardOf))) await noteGuardFired(tx, guard, id);
  const payload = { gate, subject, decision: decision.decision, policy_hash: policyHash, facts_hash: factsHash };
  await appendEvent(tx, {
    type: "policy.decided",
    key: id,
    payload: { ...payload, rules: held.map(({ rule }) => rule) },
  });
  return id;
}

function guardOf({ kind, verdict }: RuleVerdict): GuardName {
  return verdict === "unknown" ? "rule/unknown" : `rule/${kind}`;
}

/** Times differ from round to round, so what was found is compared, not the facts. */
async function saidLast(tx: Tx, { decision, subject, head, verdicts }: DecisionDraft): Promise<boolean> {
  const last = await tx.db
    .selectFrom("policy_decisions")
    .select(["decision", "head", "policy_hash", "verdicts"])
    .where("subject", "=", subject)
    .where("gate", "=", decision.gate)
    .orderBy("decided_at", "desc")
    .orderBy("id", "desc")
    .limit(1)
    .executeTakeFirst();
  return (
    last !== undefined &&
    last.decision === decision.decision &&
    last.head === head &&
    last.policy_hash === decision.policyHash &&
    last.verdicts === verdicts
  );
}
