import type { Approval } from "../../model/approval.ts";
import type { ApprovalSeen, CheckSeen, Fact, Facts, Gate } from "../../model/policy.ts";
import type { Instant } from "../../model/time.ts";
import type { ChangedFile } from "../../model/verdict.ts";
import type { Candidate } from "./candidate.ts";

/** How a person at this machine stands in facts: whoever holds the operator's token is its maintainer. */
const OPERATOR: Omit<ApprovalSeen, "head"> = { by: "operator", roles: ["operator", "maintainer"] };

/** Agents are the authors of what they make, whoever wrote the idea. */
const AUTHOR = "agent";

interface Seen {
  readonly gate: Gate;
  readonly at: Instant;
  /** Measured on the commits themselves. */
  readonly files: readonly ChangedFile[];
}

/** All that policy may ask about a change. */
export function factsOf(candidate: Candidate, { gate, at, files }: Seen): Facts {
  const { change, idea, siblings } = candidate;
  const now = <T>(value: T, head: string | null = null): Fact<T> => ({ value, seenAt: at, head });
  const sum = (of: (one: { readonly files: number; readonly lines: number }) => number): number =>
    siblings.reduce((total, one) => total + of(one), 0);
  return {
    gate,
    at,
    head: change.head,
    actor: "agent",
    author: AUTHOR,
    files: now(files, change.head),
    labels: now(idea.labels),
    checks: checksOf(candidate, at),
    approvals: now(candidate.approval === null ? [] : approvalsOf(candidate.approval)),
    counts: {
      taskFiles: now(files.length, change.head),
      taskLines: now(linesOf(files), change.head),
      // Files that two tasks touch count twice: more than there are, never less.
      ideaFiles: now(sum((one) => one.files)),
      ideaLines: now(sum((one) => one.lines)),
      openPrsPerIdea: now(siblings.filter(({ state }) => state === "proposed").length),
    },
    commands: null,
    domains: null,
  };
}

function linesOf(files: readonly ChangedFile[]): number {
  return files.reduce((lines, { added, removed }) => lines + added + removed, 0);
}

/**
 * Our own acceptance commands on the commit, and checks that others saw on it; of one name the later run counts. What ran
 * on a commit stays true of it, so our own records do not age while a person takes time to answer.
 */
function checksOf({ change, checks, observations }: Candidate, at: Instant): readonly CheckSeen[] {
  const others = observations.flatMap(({ name, value, seenAt }) =>
    name.startsWith("check:") && typeof value === "boolean"
      ? [{ name: name.slice("check:".length), value, seenAt, head: change.head }]
      : [],
  );
  const own = checks
    .filter(({ name, ranAt }) => !others.some((other) => other.name === name && other.seenAt > ranAt))
    .map(({ name, passed }) => ({ name, value: passed, seenAt: at, head: change.head }));
  return [...own, ...others];
}

function approvalsOf({ state, decidedBy, head }: Approval): readonly ApprovalSeen[] {
  return state === "granted" && decidedBy === "person" ? [{ ...OPERATOR, head }] : [];
}
