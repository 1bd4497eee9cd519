import type { ApprovalsWanted, RuleBody } from "../../model/policy.ts";
import { judgeApprovals } from "./approvals.ts";
import { found, PASS, strongest, type Finding } from "./finding.ts";
import { doubtOf, type Given } from "./known.ts";

/** Checks that passed on this very commit, and people's yes. */
export function judgeRequired(
  { checks, approvals }: Pick<Extract<RuleBody, { kind: "require" }>, "checks" | "approvals">,
  given: Given,
): Finding {
  return strongest([...checks.map((name) => judgeCheck(name, given)), ...approvalsFinding(approvals, given)]);
}

function approvalsFinding(wanted: ApprovalsWanted | null, given: Given): readonly Finding[] {
  return wanted === null ? [] : [judgeApprovals(wanted, given)];
}

/** Of several sightings of one check the latest that counts decides. */
function judgeCheck(name: string, given: Given): Finding {
  const { checks, head } = given.facts;
  const unknown = (why: string): Finding => found.unknown(`check ${name} ${why}`, `check:${name}`);
  if (checks === null || head === null) return unknown("is not known");
  const seen = checks.filter((check) => check.name === name);
  // A check is about a commit: one that belongs to none says nothing about this one.
  const counting = seen.filter((check) => check.head === head && doubtOf(check, given) === null);
  const latest = counting.toSorted((left, right) => (left.seenAt < right.seenAt ? 1 : -1))[0];
  if (latest !== undefined) return latest.value ? PASS : found.deny(`check ${name} did not pass`);
  return unknown(seen[0] === undefined ? "was not seen" : (doubtOf(seen[0], given) ?? "belongs to no commit"));
}
