import { VERDICTS, type DecisionWord, type RuleVerdict } from "../../model/policy.ts";

/** What a rule found, before its name is put to it. */
export type Finding = Omit<RuleVerdict, "rule" | "kind">;

export const PASS: Finding = { verdict: "pass", reason: "nothing speaks against it", missing: [] };

export const found = {
  deny: (reason: string): Finding => ({ verdict: "deny", reason, missing: [] }),
  need: (reason: string, missing: readonly string[]): Finding => ({ verdict: "need", reason, missing }),
  /** `fact`: a closed word. */
  unknown: (reason: string, fact: string): Finding => ({ verdict: "unknown", reason, missing: [`fact:${fact}`] }),
};

/** The strongest of several findings; what is missing is kept of all. `deny` over `unknown` over `need` over `pass`. */
export function strongest(findings: readonly Finding[]): Finding {
  const verdict = strongestWord(findings.map((finding) => finding.verdict));
  const first = findings.find((finding) => finding.verdict === verdict);
  if (first === undefined) return PASS;
  return { ...first, missing: [...new Set(findings.flatMap(({ missing }) => missing))] };
}

export function strongestWord(words: readonly DecisionWord[]): DecisionWord {
  const rank = Math.max(0, ...words.map((word) => VERDICTS.indexOf(word)));
  return VERDICTS[rank] ?? "unknown";
}
