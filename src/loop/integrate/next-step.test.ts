import fc from "fast-check";
import { expect, test } from "vitest";
import { APPROVAL_STATES } from "../../model/approval.ts";
import { VERDICTS, type Decision, type DecisionWord, type RuleVerdict } from "../../model/policy.ts";
import { nextStep, type Judged } from "./next-step.ts";

function decisionOf(...words: readonly DecisionWord[]): Decision {
  const rules = words.map((verdict, at): RuleVerdict => ({
    rule: `r${at}`,
    kind: "require",
    verdict,
    reason: `because ${at}`,
    missing: [],
  }));
  const decision = VERDICTS.findLast((word) => words.includes(word)) ?? "pass";
  return { decision, gate: "pre_push", rules, policyHash: "p", factsHash: "f" };
}

const judged = (part: Partial<Judged>): Judged => ({
  decision: decisionOf("pass"),
  acceptance: "passed",
  approval: null,
  ...part,
});

test("[POL-2] nothing lands but what passed, or what a person said yes to where only that was missing", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...VERDICTS),
      fc.constantFrom<Judged["acceptance"]>("passed", "failed", "unknown", "none"),
      fc.constantFrom(null, ...APPROVAL_STATES),
      fc.constantFrom("person" as const, "policy" as const),
      (word, acceptance, state, decidedBy) => {
        const approval = state === null ? null : { state, decidedBy };
        const { kind } = nextStep({ decision: decisionOf(word), acceptance, approval });
        const saidNo = state === "denied" || state === "expired" || state === "void";
        const saidYes = state === "granted" && decidedBy === "person";
        const may = word === "pass" && !saidNo && (acceptance === "passed" || (acceptance === "none" && saidYes));
        expect(kind === "land").toBe(may);
      },
    ),
  );
});

test("[RUN-13] without acceptance commands a person is asked, and waited for", () => {
  expect(nextStep(judged({ acceptance: "none" }))).toMatchObject({ kind: "ask", rule: "no-acceptance" });
  const asked = { state: "asked", decidedBy: null } as const;
  expect(nextStep(judged({ acceptance: "none", approval: asked }))).toMatchObject({ kind: "wait" });
});

test("[POL-1] the question names the rule, and all of them where there are more", () => {
  expect(nextStep(judged({ decision: decisionOf("need", "pass") }))).toEqual({
    kind: "ask",
    rule: "r0",
    reason: "because 0",
  });
  expect(nextStep(judged({ decision: decisionOf("need", "need") }))).toMatchObject({
    reason: "r0: because 0; r1: because 1",
  });
});

test("[POL-2] what is denied or not known names its rules and no others", () => {
  expect(nextStep(judged({ decision: decisionOf("deny", "need", "unknown") }))).toEqual({
    kind: "halt",
    code: "POLICY_DENIED",
    reason: "r0: because 0",
  });
  expect(nextStep(judged({ decision: decisionOf("need", "unknown") }))).toMatchObject({ code: "POLICY_UNKNOWN" });
});
