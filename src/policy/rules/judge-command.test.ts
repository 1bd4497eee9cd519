import { expect, test } from "vitest";
import { policyOf, ruleOf } from "../../../test/fakes/policy-facts.ts";
import { compilePolicy, type CompiledPolicy } from "./compile-policy.ts";
import { judgeCommand } from "./judge-command.ts";

const RULES: CompiledPolicy = compilePolicy(
  policyOf(
    ruleOf(
      {
        kind: "commands",
        deny: [["git", "push"], ["rm", "-rf", "/*"], ["curl"]],
        need: [["npm", "publish"]],
        allow: [
          ["npm", "test"],
          ["git", "status", "..."],
          ["ls", "*"],
        ],
      },
      { id: "commands" },
    ),
    ruleOf({ kind: "domains", allow: ["example.org"] }, { id: "hosts" }),
  ),
);

test.each([
  ["git push", "deny"],
  ["git -C /x push --force origin main", "deny"],
  ["git --git-dir=/x push", "deny"],
  ["/usr/bin/git push", "deny"],
  ["bash -lc 'cd x && git push'", "deny"],
  ["echo $(git push)", "deny"],
  ["rm -rf /etc", "deny"],
  ["rm -fr /etc", "deny"],
  ["rm -r -f -v /etc", "deny"],
  ["rm -r /etc", "need"],
  ["rm -rf build", "need"],
  ["git commit -m x push", "need"],
  ["git log push", "need"],
  ["xargs curl", "deny"],
  ["npm publish --tag x", "need"],
  ["npm test", "pass"],
  ["bash -lc 'npm test'", "pass"],
  ["npm test && git status -s", "pass"],
  ["git status", "pass"],
  ["ls src", "pass"],
  ["ls src other", "need"],
  ["ls", "need"],
  ["npm test --force", "need"],
  ["./npm test", "need"],
  ["PATH=. npm test", "need"],
  ["npm test > /etc/passwd", "need"],
  ["npm test; whoami", "need"],
  ["npm test $(whoami)", "need"],
  ["env A=1 npm test", "need"],
  ["$X", "need"],
  ["git status https://example.org/x", "pass"],
  ["git status https://evil.net/x", "deny"],
  ["", "need"],
] as const)("[POL-1] %s: %s", (line, word) => {
  expect(judgeCommand(RULES, line).decision).toBe(word);
});

test("[POL-1] an argument list is judged as it would run, and the rule is named", () => {
  expect(judgeCommand(RULES, ["bash", "-lc", "git push"])).toEqual({
    decision: "deny",
    denies: "commands",
    rule: "commands",
    reason: "`git push` may not run",
  });
  expect(judgeCommand(RULES, ["echo", "git push; git push"])).toEqual({
    decision: "need",
    rule: null,
    reason: "no rule allows it",
  });
  expect(judgeCommand(RULES, ["sh", "-c", "eval $X"])).toMatchObject({ decision: "need", rule: "commands" });
});

test("[POL-2] without any rule a command is for a person", () => {
  expect(judgeCommand(compilePolicy(policyOf()), "npm test")).toMatchObject({ decision: "need", rule: null });
});

test("[POL-2] what cannot be seen from here cannot allow a command", () => {
  const allow = { kind: "commands", deny: [], need: [], allow: [["npm", "test"]] } as const;
  const labelled = ruleOf(allow, { when: { paths: null, labelsAny: ["x"], actor: null } });
  expect(judgeCommand(compilePolicy(policyOf(labelled)), "npm test").decision).toBe("need");
});

test("[POL-7] a hostile command costs no more than its length", () => {
  const pattern = ["a*a*a*b"];
  const policy = compilePolicy(policyOf(ruleOf({ kind: "commands", deny: [pattern], need: [], allow: [] })));
  expect(judgeCommand(policy, ["a".repeat(200_000)]).decision).toBe("need");
});
