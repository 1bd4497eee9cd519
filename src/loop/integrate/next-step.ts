import type { Approval } from "../../model/approval.ts";
import type { AttemptFailureCode } from "../../model/attempt-failure.ts";
import type { Decision, DecisionWord } from "../../model/policy.ts";

/** What becomes of a change. `rule` and `code` are closed words, texts are for people and not yet redacted. */
export type NextStep =
  | { readonly kind: "land" }
  | { readonly kind: "ask"; readonly rule: string; readonly reason: string }
  | { readonly kind: "wait"; readonly rule: string; readonly reason: string }
  | { readonly kind: "halt"; readonly code: AttemptFailureCode; readonly reason: string };

export interface Judged {
  readonly decision: Decision;
  /** `none`: nothing was there to check the change with. */
  readonly acceptance: "passed" | "failed" | "unknown" | "none";
  readonly approval: Pick<Approval, "state" | "decidedBy"> | null;
}

/** Without a command that says when it is done, only a person can say so. */
const NO_ACCEPTANCE = { rule: "no-acceptance", reason: "the profile has no acceptance command that could tell" };

/** A person's no counts before everything; then what is denied, what nobody knows, and what wants a person. */
export function nextStep({ decision, acceptance, approval }: Judged): NextStep {
  const answered = endOfQuestion(approval);
  if (answered !== null) return answered;
  if (acceptance === "failed") return halt("ACCEPTANCE_COMMAND_FAILED", "an acceptance command did not pass");
  if (decision.decision === "deny") return halt("POLICY_DENIED", reasonsOf(decision, "deny"));
  if (decision.decision === "unknown") return halt("POLICY_UNKNOWN", reasonsOf(decision, "unknown"));
  if (acceptance === "unknown") return halt("POLICY_UNKNOWN", "not every acceptance command has run");
  const wanted = wantedOf(decision, acceptance);
  if (wanted === null) return { kind: "land" };
  if (approval === null) return { kind: "ask", ...wanted };
  if (approval.state === "asked") return { kind: "wait", ...wanted };
  return wanted === NO_ACCEPTANCE && approval.decidedBy === "person"
    ? { kind: "land" }
    : halt("POLICY_DENIED", `granted, and still: ${wanted.reason}`);
}

function endOfQuestion(approval: Judged["approval"]): NextStep | null {
  if (approval?.state === "denied") return halt("APPROVAL_DENIED", "a person denied the change");
  if (approval?.state === "expired") return halt("APPROVAL_EXPIRED", "nobody answered in time");
  return approval?.state === "void" ? halt("APPROVAL_EXPIRED", "the question was taken back") : null;
}

function wantedOf(
  decision: Decision,
  acceptance: Judged["acceptance"],
): { readonly rule: string; readonly reason: string } | null {
  if (decision.decision === "need") {
    const [first, ...others] = decision.rules.filter(({ verdict }) => verdict === "need");
    if (first === undefined) throw new Error("a decision needs a person and no rule does");
    return { rule: first.rule, reason: others.length === 0 ? first.reason : reasonsOf(decision, "need") };
  }
  return acceptance === "none" ? NO_ACCEPTANCE : null;
}

function halt(code: AttemptFailureCode, reason: string): NextStep {
  return { kind: "halt", code, reason };
}

function reasonsOf({ rules }: Decision, word: DecisionWord): string {
  const speaking = rules.filter(({ verdict }) => verdict === word);
  return speaking.map(({ rule, reason }) => `${rule}: ${reason}`).join("; ");
}
