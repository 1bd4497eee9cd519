import type { Policy, PolicyDecision, RuleVerdict } from "../model/policy.ts";
import { compilePolicy, type CompiledPolicy } from "../policy/rules/compile-policy.ts";
import { judge } from "../policy/rules/judge.ts";
import { listPolicyDecisions } from "../store/policy-decisions/list-policy-decisions.ts";
import type { Reader } from "../store/store.ts";
import type { PolicyDifference, PolicyReplay } from "./shapes/policy.ts";

export interface ReplayQuery {
  /** `null`: each decision under its own policy, which shows what a newer version of this program would say. */
  readonly policy: Policy | null;
  readonly limit: number;
}

/** Makes the latest decisions again, from the facts that were kept, and lists what comes out differently. */
export async function policyReplay(reader: Reader, { policy, limit }: ReplayQuery): Promise<PolicyReplay> {
  const recorded = await listPolicyDecisions(reader, { limit });
  const given = policy === null ? null : compilePolicy(policy);
  const own = new Map<string, CompiledPolicy>();
  const differences = recorded.flatMap((decision) => {
    const judged = given ?? own.get(decision.policyHash) ?? compilePolicy(decision.policy);
    own.set(decision.policyHash, judged);
    return differenceOf(decision, judge(judged, decision.facts));
  });
  return { decisions: recorded.length, same: recorded.length - differences.length, differences };
}

function differenceOf(before: PolicyDecision, after: ReturnType<typeof judge>): readonly PolicyDifference[] {
  const rules = changedRules(before.verdicts, after.rules);
  if (before.decision === after.decision && rules.length === 0) return [];
  const { id, gate, subject, decidedAt } = before;
  return [{ id, gate, subject, decided_at: decidedAt, before: before.decision, after: after.decision, rules }];
}

/** A rule that passes and one that is not there hold nothing back, so they are the same. */
function changedRules(before: readonly RuleVerdict[], after: readonly RuleVerdict[]): PolicyDifference["rules"] {
  const [was, is] = [wordsOf(before), wordsOf(after)];
  const names = new Set([...was.keys(), ...is.keys()]);
  return [...names]
    .map((rule) => ({ rule, before: was.get(rule) ?? null, after: is.get(rule) ?? null }))
    .filter((row) => (row.before ?? "pass") !== (row.after ?? "pass"));
}

function wordsOf(verdicts: readonly RuleVerdict[]): ReadonlyMap<string, RuleVerdict["verdict"]> {
  return new Map(verdicts.map(({ rule, verdict }) => [rule, verdict]));
}
