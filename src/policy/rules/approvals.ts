import type { ApprovalsWanted } from "../../model/policy.ts";
import { found, PASS, type Finding } from "./finding.ts";
import { doubtOf, knownValue, type Given } from "./known.ts";

/** Whether enough different people have said yes. */
export function judgeApprovals(wanted: ApprovalsWanted, given: Given): Finding {
  const { author, head } = given.facts;
  const approvals = knownValue(given.facts.approvals, given);
  if (approvals === null) {
    return found.unknown(`approvals ${doubtOf(given.facts.approvals, given) ?? ""}`, "approvals");
  }
  if (wanted.onHead && head === null) return found.unknown("the commit to approve is not known", "head");
  if (wanted.notAuthor && author === null) return found.unknown("the author is not known", "author");
  const people = new Set(
    approvals
      .filter((approval) => !wanted.onHead || approval.head === head)
      .filter((approval) => !wanted.notAuthor || approval.by !== author)
      .filter(({ roles }) => wanted.roles.length === 0 || wanted.roles.some((role) => roles.includes(role)))
      .map(({ by }) => by),
  );
  const left = wanted.count - people.size;
  if (left <= 0) return PASS;
  const roles = wanted.roles.length === 0 ? "" : ` of ${wanted.roles.join(" or ")}`;
  return found.need(`${left} approval${left === 1 ? "" : "s"}${roles} missing`, [`approvals:${left}`]);
}
