/** One rule of each kind against a change that it is about, judged and kept as every decision is. */
import { canonicalJson } from "../../kit/json.ts";
import type { GuardName } from "../../model/guard.ts";
import { instantOf } from "../../model/time.ts";
import type { DecisionWord, Facts, Policy, RuleBody } from "../../model/policy.ts";
import { compilePolicy } from "../../policy/rules/compile-policy.ts";
import { judge } from "../../policy/rules/judge.ts";
import { noFacts } from "../../policy/rules/no-facts.ts";
import { putPolicyDecision } from "../../store/policy-decisions/put-policy-decision.ts";
import { STAMP, type Drill } from "./drill-world.ts";

const HEAD = "d".repeat(40);

interface RuleDrill {
  readonly does: RuleBody;
  /** What the change looks like; everything else is not known. */
  readonly facts: (seen: Seen) => Partial<Facts>;
  readonly says: DecisionWord;
}

type Seen = <T>(value: T) => { readonly value: T; readonly seenAt: Facts["at"]; readonly head: string };

const REQUIRE: RuleBody = { kind: "require", checks: ["unit"], approvals: null };

type RuleGuard = Extract<GuardName, `rule/${string}`>;

export const RULE_DRILLS: Readonly<Record<RuleGuard, Drill>> = {
  "rule/require": ruleDrill({
    does: REQUIRE,
    facts: (seen) => ({ checks: [{ name: "unit", ...seen(false) }] }),
    says: "deny",
  }),
  "rule/protect": ruleDrill({
    does: { kind: "protect", paths: ["infra/**"], approvals: null },
    facts: (seen) => ({ files: seen([{ path: "infra/main.tf", added: 1, removed: 0 }]) }),
    says: "deny",
  }),
  "rule/limit": ruleDrill({
    does: { kind: "limit", limits: { taskLines: 10 } },
    facts: (seen) => ({ counts: { taskLines: seen(11) } }),
    says: "deny",
  }),
  "rule/freeze": ruleDrill({
    does: { kind: "freeze", windows: [{ text: "always", zone: "UTC", every: "day", from: 0, to: 1440 }] },
    facts: () => ({}),
    says: "deny",
  }),
  "rule/commands": ruleDrill({
    does: { kind: "commands", deny: [["rm", "..."]], need: [], allow: [] },
    facts: (seen) => ({ commands: seen([["rm", "-rf", "/"]]) }),
    says: "deny",
  }),
  "rule/domains": ruleDrill({
    does: { kind: "domains", allow: ["good.example"] },
    facts: (seen) => ({ domains: seen(["bad.example"]) }),
    says: "deny",
  }),
  "rule/unknown": ruleDrill({ does: REQUIRE, facts: () => ({}), says: "unknown" }),
};

function ruleDrill({ does, facts, says }: RuleDrill): Drill {
  return async ({ store, clock, redact }) => {
    clock.advance(1000);
    const at = instantOf(clock.now());
    const when = { paths: null, labelsAny: null, actor: null };
    const policy: Policy = { version: 1, staleMinutes: 60, rules: [{ id: "drill", at: ["pre_push"], when, does }] };
    // Files are known, so that the built-in rules have nothing to doubt.
    const seen: Seen = (value) => ({ value, seenAt: at, head: HEAD });
    const known = { ...noFacts({ gate: "pre_push", at, actor: "agent" }), head: HEAD, files: seen([]), ...facts(seen) };
    const decision = judge(compilePolicy(policy), known);
    const [policyText, factsText, verdicts] = [policy, known, decision.rules].map((part) =>
      redact(canonicalJson(part)),
    );
    if (policyText === undefined || factsText === undefined || verdicts === undefined) return false;
    const draft = {
      decision,
      subject: `drill/${does.kind}/${says}`,
      head: HEAD,
      policy: policyText,
      facts: factsText,
      verdicts,
    };
    await store.write(STAMP, (tx) => putPolicyDecision(tx, draft));
    return decision.decision === says;
  };
}
