import { pathTest, type PathTestMaker } from "../../kit/glob.ts";
import type { Rule } from "../../model/policy.ts";
import { compileCommands } from "./commands.ts";
import { judgeDomains } from "./domains.ts";
import { found, PASS, type Finding } from "./finding.ts";
import { compileFreeze } from "./freeze.ts";
import type { Given } from "./known.ts";
import { judgeLimits } from "./limits.ts";
import { compileProtection } from "./protect.ts";
import { judgeRequired } from "./require.ts";
import { compileWhen } from "./when.ts";

export interface CompiledRule {
  readonly rule: Rule;
  readonly judge: (given: Given) => Finding;
}

/** A rule made ready for many decisions: its patterns are compiled once. */
export function compileRule(rule: Rule, makeTest: PathTestMaker = pathTest): CompiledRule {
  const applies = compileWhen(rule.when, makeTest);
  const judge = compileBody(rule, makeTest);
  return {
    rule,
    judge: (given) => {
      const application = applies(given);
      if (application === "no") return PASS;
      const finding = judge(given);
      if (application === "yes" || finding.verdict === "pass") return finding;
      return found.unknown(`it may apply, and ${application.doubt}`, application.fact);
    },
  };
}

function compileBody({ does }: Rule, makeTest: PathTestMaker): (given: Given) => Finding {
  switch (does.kind) {
    case "require":
      return (given) => judgeRequired(does, given);
    case "protect":
      return compileProtection(does, makeTest);
    case "limit":
      return (given) => judgeLimits(does.limits, given);
    case "freeze":
      return compileFreeze(does.windows);
    case "commands":
      return compileCommands(does);
    case "domains":
      return (given) => judgeDomains(does.allow, given);
  }
}
