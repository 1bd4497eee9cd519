import type { Facts, Gate, Policy, Rule } from "../../src/model/policy.ts";
import { instantOf, type Instant } from "../../src/model/time.ts";

export const HEAD: string = "a".repeat(40);
export const NOW: Instant = instantOf(Date.parse("2026-11-20T12:00:00.000Z"));

/** A policy with these rules. */
export function policyOf(...rules: readonly Rule[]): Policy {
  return { version: 1, staleMinutes: 60, rules };
}

/** A rule at every gate without a condition. */
export function ruleOf(does: Rule["does"], part: Partial<Rule> = {}): Rule {
  return {
    id: "a-rule",
    at: ["admit", "dispatch", "pre_push", "pre_merge", "pre_deploy"],
    when: { paths: null, labelsAny: null, actor: null },
    does,
    ...part,
  };
}

/** A fact just seen, that belongs to no commit. */
export function seen<T>(value: T): { value: T; seenAt: Instant; head: null } {
  return { value, seenAt: NOW, head: null };
}

/** Everything known, and nothing in it that any rule minds. */
export function knownFacts(part: Partial<Facts> = {}, gate: Gate = "pre_push"): Facts {
  return {
    gate,
    at: NOW,
    head: HEAD,
    actor: "agent",
    author: "agent",
    files: seen([{ path: "src/a.ts", added: 1, removed: 1 }]),
    labels: seen([]),
    checks: [],
    approvals: seen([]),
    counts: {},
    commands: seen([]),
    domains: seen([]),
    ...part,
  };
}
