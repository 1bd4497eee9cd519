import { CHANGE_GATES, EARLY_GATES, VERDICTS, type Actor, type Fact, type Facts, type Gate } from "../model/policy.ts";
import type { CommandLine } from "../model/profile.ts";
import type { Instant } from "../model/time.ts";
import type { ChangedFile } from "../model/verdict.ts";
import type { CompiledPolicy } from "../policy/rules/compile-policy.ts";
import { strongestWord } from "../policy/rules/finding.ts";
import { judge } from "../policy/rules/judge.ts";
import { noFacts } from "../policy/rules/no-facts.ts";
import type { PolicyCheck } from "./shapes/policy.ts";

/** A change between two commits, and what whoever asks says about it. */
export interface CheckedChange {
  readonly repository: string;
  readonly base: string;
  readonly head: string;
  readonly files: readonly ChangedFile[];
  readonly actor: Actor;
  readonly labels: readonly string[];
  readonly passed: readonly string[];
  /** What the profile at the base would run. */
  readonly commands: readonly CommandLine[];
  readonly at: Instant;
}

/** The gates that a change has to pass on its way to the target branch. */
export const CHECKED_GATES: readonly Gate[] = ["pre_push", "pre_merge"];

/**
 * Judges a change at gates as if it came there now. It has the labels that are named, no approval yet, is all of its idea,
 * and no other check is known than those that are said to have passed.
 */
export function policyCheck(policy: CompiledPolicy, change: CheckedChange, gates: readonly Gate[]): PolicyCheck {
  const decisions = gates.map((gate) => judge(policy, factsAt(change, gate)));
  const rules = decisions.flatMap(({ gate, rules: judged }) =>
    judged.map(({ rule, verdict, reason, missing }) => ({ gate, rule, verdict, reason, missing })),
  );
  return {
    decision: strongestWord(decisions.map(({ decision }) => decision)),
    rules: rules.toSorted((left, right) => VERDICTS.indexOf(right.verdict) - VERDICTS.indexOf(left.verdict)),
    repository: change.repository,
    base: change.base,
    head: change.head,
    files: change.files.length,
    lines: linesOf(change.files),
    actor: change.actor,
    labels: change.labels,
    passed_checks: change.passed,
    policy_hash: policy.hash,
  };
}

function factsAt(change: CheckedChange, gate: Gate): Facts {
  const { at, head, actor, labels, files } = change;
  const now = <T>(value: T): Fact<T> => ({ value, seenAt: at, head: null });
  const base = { ...noFacts({ gate, at, actor }), head, author: actor, labels: now(labels), approvals: now([]) };
  if (EARLY_GATES.includes(gate)) return { ...base, commands: now(change.commands) };
  if (!CHANGE_GATES.includes(gate)) throw new Error(`the gate ${gate} is in no list`);
  const lines = linesOf(files);
  return {
    ...base,
    files: now(files),
    checks: change.passed.map((name) => ({ name, value: true, seenAt: at, head })),
    counts: {
      taskFiles: now(files.length),
      taskLines: now(lines),
      ideaFiles: now(files.length),
      ideaLines: now(lines),
      openPrsPerIdea: now(0),
    },
  };
}

function linesOf(files: readonly ChangedFile[]): number {
  return files.reduce((lines, { added, removed }) => lines + added + removed, 0);
}
