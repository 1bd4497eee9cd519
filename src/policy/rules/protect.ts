import type { PathTestMaker } from "../../kit/glob.ts";
import type { RuleBody } from "../../model/policy.ts";
import { judgeApprovals } from "./approvals.ts";
import { found, PASS, type Finding } from "./finding.ts";
import { doubtOf, knownValue, type Given } from "./known.ts";

/** Paths that an agent may not change, or only where people say so. A person may. */
export function compileProtection(
  { paths, approvals }: Pick<Extract<RuleBody, { kind: "protect" }>, "paths" | "approvals">,
  makeTest: PathTestMaker,
): (given: Given) => Finding {
  const test = makeTest(paths, { anyCase: true });
  return (given) => {
    if (given.facts.actor === "person") return PASS;
    const files = knownValue(given.facts.files, given);
    if (files === null) return found.unknown(`files ${doubtOf(given.facts.files, given) ?? ""}`, "files");
    const hits = files.filter(({ path }) => test(path));
    const [first] = hits;
    if (first === undefined) return PASS;
    const others = hits.length === 1 ? "" : ` and ${hits.length - 1} more`;
    const touched = `${first.path}${others} ${hits.length === 1 ? "is" : "are"} protected`;
    if (approvals === null) return found.deny(`${touched} from agents`);
    const finding = judgeApprovals(approvals, given);
    return finding.verdict === "pass" ? PASS : { ...finding, reason: `${touched}: ${finding.reason}` };
  };
}
