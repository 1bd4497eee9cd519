import type { Fact, Facts } from "../../model/policy.ts";
import { msOf } from "../../model/time.ts";

/** What a rule reads, and how long a fact stays true. */
export interface Given {
  readonly facts: Facts;
  readonly staleMs: number;
}

/** Why a fact does not count, or `null`: it was never seen, was seen at another commit, too long ago, or in the future. */
export function doubtOf(fact: Fact<unknown> | null | undefined, { facts, staleMs }: Given): string | null {
  if (fact === null || fact === undefined) return "is not known";
  if (fact.head !== null && fact.head !== facts.head) return "was seen at another commit";
  const age = msOf(facts.at) - msOf(fact.seenAt);
  if (!(age >= 0)) return "was seen at a time that has not come";
  return age > staleMs ? "was seen too long ago" : null;
}

/** The value of a fact that counts; `null` where it does not. */
export function knownValue<T>(fact: Fact<T> | null | undefined, given: Given): T | null {
  return fact !== null && fact !== undefined && doubtOf(fact, given) === null ? fact.value : null;
}
