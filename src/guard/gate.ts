/** The only way past a gate: policy is asked, and what it said is kept before anybody acts on it. */
import type { Decision, Facts } from "../model/policy.ts";
import type { Redacted } from "../model/redacted.ts";
import { redactJson } from "../policy/redact/redact-json.ts";
import type { CompiledPolicy } from "../policy/rules/compile-policy.ts";
import { judge } from "../policy/rules/judge.ts";
import { putPolicyDecision } from "../store/policy-decisions/put-policy-decision.ts";
import type { Ledger } from "./effect.ts";

export interface GateQuestion {
  /** A closed text: a noun and an id, e.g. `change/ID`. */
  readonly subject: string;
  readonly policy: CompiledPolicy;
  readonly facts: Facts;
  readonly redact: (text: string) => Redacted;
}

/** Judges and keeps the decision with its hashes, its policy and its facts. */
export async function passGate(ledger: Ledger, { subject, policy, facts, redact }: GateQuestion): Promise<Decision> {
  const decision = judge(policy, facts);
  const draft = {
    decision,
    subject,
    head: facts.head,
    policy: redactJson(policy.policy, redact),
    facts: redactJson(facts, redact),
    verdicts: redactJson(decision.rules, redact),
  };
  await ledger.store.write(ledger.stamp, (tx) => putPolicyDecision(tx, draft));
  return decision;
}
