import { sha256 } from "../../kit/hash.ts";
import { canonicalJson } from "../../kit/json.ts";
import type { Decision, Facts } from "../../model/policy.ts";
import type { CompiledPolicy } from "./compile-policy.ts";
import { strongestWord } from "./finding.ts";

/**
 * What policy says at a gate. Every rule of the gate is judged, and the strongest verdict counts: deny over unknown over
 * need over pass. The same policy and facts always give the same decision.
 */
export function judge(policy: CompiledPolicy, facts: Facts): Decision {
  const given = { facts: withoutEndlessPaths(facts), staleMs: policy.staleMs };
  const rules = policy.rules
    .filter(({ rule }) => rule.at.includes(facts.gate))
    .map((compiled) => ({ rule: compiled.rule.id, kind: compiled.rule.does.kind, ...compiled.judge(given) }));
  return {
    decision: strongestWord(rules.map(({ verdict }) => verdict)),
    gate: facts.gate,
    rules,
    policyHash: policy.hash,
    factsHash: sha256(canonicalJson(facts)),
  };
}

/** Characters of a path: patterns are tried on no longer one, because their cost grows faster than the path. */
const LONGEST_PATH = 1000;

/** A change with an endless name in it is one that cannot be judged. */
function withoutEndlessPaths(facts: Facts): Facts {
  const isEndless = facts.files?.value.some(({ path }) => path.length > LONGEST_PATH) === true;
  return isEndless ? { ...facts, files: null } : facts;
}
