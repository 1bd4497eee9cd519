import type { Selectable } from "kysely";
import { parseJson } from "../../kit/json.ts";
import { idOf } from "../../model/ids.ts";
import { GATES, VERDICTS, type Facts, type Policy, type PolicyDecision, type RuleVerdict } from "../../model/policy.ts";
import type { Instant } from "../../model/time.ts";
import type { PolicyDecisionsTable } from "../control-tables.ts";
import { oneOf } from "../one-of.ts";

export function policyDecisionOf(row: Selectable<PolicyDecisionsTable>): PolicyDecision {
  return {
    id: idOf.decision(row.id),
    gate: oneOf(GATES, row.gate, "policy_decisions.gate"),
    subject: row.subject,
    head: row.head,
    decision: oneOf(VERDICTS, row.decision, "policy_decisions.decision"),
    policyHash: row.policy_hash,
    factsHash: row.facts_hash,
    // Only `putPolicyDecision` writes these rows.
    policy: parseJson(row.policy) as Policy,
    facts: parseJson(row.facts) as Facts,
    verdicts: parseJson(row.verdicts) as readonly RuleVerdict[],
    decidedAt: row.decided_at as Instant,
  };
}
