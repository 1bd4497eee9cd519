import type { Gate, PolicyDecision } from "../../model/policy.ts";
import type { Reader } from "../store.ts";
import { policyDecisionOf } from "./policy-decision-row.ts";

export interface DecisionsQuery {
  readonly subject?: string;
  readonly gate?: Gate;
  readonly limit: number;
}

/** What policy said, the latest first. */
export async function listPolicyDecisions(
  reader: Reader,
  { subject, gate, limit }: DecisionsQuery,
): Promise<readonly PolicyDecision[]> {
  const rows = await reader.db
    .selectFrom("policy_decisions")
    .selectAll()
    .$if(subject !== undefined, (select) => select.where("subject", "=", subject ?? ""))
    .$if(gate !== undefined, (select) => select.where("gate", "=", gate ?? ""))
    .orderBy("decided_at", "desc")
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
  return rows.map(policyDecisionOf);
}
