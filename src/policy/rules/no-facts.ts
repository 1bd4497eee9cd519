import type { Facts } from "../../model/policy.ts";

/** Facts of which nothing is known yet, to be filled by whoever has looked. */
export function noFacts(base: Pick<Facts, "gate" | "at" | "actor">): Facts {
  return {
    ...base,
    head: null,
    author: null,
    files: null,
    labels: null,
    checks: null,
    approvals: null,
    counts: {},
    commands: null,
    domains: null,
  };
}
