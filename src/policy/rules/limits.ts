import { LIMIT_NAMES, type LimitName } from "../../model/policy.ts";
import { found, PASS, strongest, type Finding } from "./finding.ts";
import { doubtOf, knownValue, type Given } from "./known.ts";

/** How much may change; a limit itself is still allowed. */
export function judgeLimits(limits: Readonly<Partial<Record<LimitName, number>>>, given: Given): Finding {
  return strongest(LIMIT_NAMES.map((name) => judgeLimit(name, limits[name], given)));
}

function judgeLimit(name: LimitName, limit: number | undefined, given: Given): Finding {
  if (limit === undefined) return PASS;
  const fact = given.facts.counts[name];
  const count = knownValue(fact, given);
  if (count === null) return found.unknown(`${name} ${doubtOf(fact, given) ?? ""}`, name);
  return count <= limit ? PASS : found.deny(`${name} is ${count}, and ${limit} at most are allowed`);
}
