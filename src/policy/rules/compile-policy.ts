import { sha256 } from "../../kit/hash.ts";
import type { PathTestMaker } from "../../kit/glob.ts";
import { canonicalJson } from "../../kit/json.ts";
import type { Policy } from "../../model/policy.ts";
import { effectivePolicy } from "./built-in-rules.ts";
import { compileRule, type CompiledRule } from "./compile-rule.ts";

/** A policy with the built-in rules, ready for many decisions. */
export interface CompiledPolicy {
  /** As it was written: the built-in rules are not part of it. */
  readonly policy: Policy;
  /** Of the policy with the built-in rules: equal hashes decide equally. */
  readonly hash: string;
  readonly rules: readonly CompiledRule[];
  readonly staleMs: number;
}

export function compilePolicy(policy: Policy, makeTest?: PathTestMaker): CompiledPolicy {
  const effective = effectivePolicy(policy);
  return {
    policy,
    hash: sha256(canonicalJson(effective)),
    rules: effective.rules.map((rule) => compileRule(rule, makeTest)),
    staleMs: policy.staleMinutes * 60_000,
  };
}
