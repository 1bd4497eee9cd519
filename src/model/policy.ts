import type { FreezeWindow } from "./freeze-window.ts";
import type { DecisionId } from "./ids.ts";
import type { Instant } from "./time.ts";
import type { ChangedFile } from "./verdict.ts";

/** Where policy is asked: before an idea is taken, an attempt starts, and a change leaves, is merged or is deployed. */
export const GATES = ["admit", "dispatch", "pre_push", "pre_merge", "pre_deploy"] as const;
export type Gate = (typeof GATES)[number];

/** The gates at which there is a change to look at. */
export const CHANGE_GATES: readonly Gate[] = ["pre_push", "pre_merge", "pre_deploy"];

/** The gates before anything runs. */
export const EARLY_GATES: readonly Gate[] = ["admit", "dispatch"];

/** From the weakest to the strongest: of several verdicts the strongest counts. */
export const VERDICTS = ["pass", "need", "unknown", "deny"] as const;
export type DecisionWord = (typeof VERDICTS)[number];

export const ACTORS = ["agent", "person"] as const;
export type Actor = (typeof ACTORS)[number];

/** People's yes that a rule wants. */
export interface ApprovalsWanted {
  /** Different people. */
  readonly count: number;
  /** Each of them holds one of these; empty: anybody. */
  readonly roles: readonly string[];
  readonly notAuthor: boolean;
  /** Only what was granted for exactly this commit counts. */
  readonly onHead: boolean;
}

export const LIMIT_NAMES = ["ideaLines", "ideaFiles", "taskLines", "taskFiles", "openPrsPerIdea"] as const;
export type LimitName = (typeof LIMIT_NAMES)[number];

/** A program and its arguments, each a word in which `*` stands for anything; a last `...` means any more words. */
export type CommandPattern = readonly string[];

/** Which changes a rule is about; `null`: it does not matter. */
export interface When {
  readonly paths: readonly string[] | null;
  readonly labelsAny: readonly string[] | null;
  readonly actor: Actor | null;
}

export type RuleBody =
  | { readonly kind: "require"; readonly checks: readonly string[]; readonly approvals: ApprovalsWanted | null }
  /** An agent may not touch these; with `approvals`, it may where people say so. */
  | { readonly kind: "protect"; readonly paths: readonly string[]; readonly approvals: ApprovalsWanted | null }
  | { readonly kind: "limit"; readonly limits: Readonly<Partial<Record<LimitName, number>>> }
  | { readonly kind: "freeze"; readonly windows: readonly FreezeWindow[] }
  | {
      readonly kind: "commands";
      readonly deny: readonly CommandPattern[];
      readonly need: readonly CommandPattern[];
      readonly allow: readonly CommandPattern[];
    }
  | { readonly kind: "domains"; readonly allow: readonly string[] };

export interface Rule {
  readonly id: string;
  readonly at: readonly Gate[];
  readonly when: When;
  readonly does: RuleBody;
}

export interface Policy {
  readonly version: 1;
  /** A fact that was seen longer ago counts as unknown. */
  readonly staleMinutes: number;
  readonly rules: readonly Rule[];
}

/** Something that was seen. `head`: the commit it was seen at; `null` where it belongs to none. */
export interface Fact<T> {
  readonly value: T;
  readonly seenAt: Instant;
  readonly head: string | null;
}

/** A check as it was last seen, at the commit it ran on. */
export interface CheckSeen extends Fact<boolean> {
  readonly name: string;
}

/** Somebody's yes. */
export interface ApprovalSeen {
  readonly by: string;
  readonly roles: readonly string[];
  /** The commit it was given for. */
  readonly head: string | null;
}

/** All that a decision is made from; `null` is not known, which is never the same as none. */
export interface Facts {
  readonly gate: Gate;
  readonly at: Instant;
  /** The commit that is judged. */
  readonly head: string | null;
  readonly actor: Actor;
  /** Who made the change, as approvals name people. */
  readonly author: string | null;
  readonly files: Fact<readonly ChangedFile[]> | null;
  readonly labels: Fact<readonly string[]> | null;
  /** `null`: not even which checks ran is known. */
  readonly checks: readonly CheckSeen[] | null;
  readonly approvals: Fact<readonly ApprovalSeen[]> | null;
  readonly counts: Readonly<Partial<Record<LimitName, Fact<number>>>>;
  /** Commands that would run, as argument lists or shell lines. */
  readonly commands: Fact<readonly (readonly string[] | string)[]> | null;
  /** Hosts that would be spoken to. */
  readonly domains: Fact<readonly string[]> | null;
}

export interface RuleVerdict {
  readonly rule: string;
  readonly kind: RuleBody["kind"];
  readonly verdict: DecisionWord;
  /** One line for people. May quote paths and names of the change: redact before storing. */
  readonly reason: string;
  /** What is missing, as closed words: `approvals:1`, `check:unit`, `fact:files`. */
  readonly missing: readonly string[];
}

/** What policy says, and by which rules; `rules` lists every rule that was judged at this gate. */
export interface Decision {
  readonly decision: DecisionWord;
  readonly gate: Gate;
  readonly rules: readonly RuleVerdict[];
  readonly policyHash: string;
  readonly factsHash: string;
}

/** A decision as it was kept. Texts in facts and verdicts are redacted, so a hash may be of more than is shown. */
export interface PolicyDecision {
  readonly id: DecisionId;
  readonly gate: Gate;
  /** `change/ID`, `task/ID` or another noun and id. */
  readonly subject: string;
  readonly head: string | null;
  readonly decision: DecisionWord;
  readonly policyHash: string;
  readonly factsHash: string;
  readonly policy: Policy;
  readonly facts: Facts;
  readonly verdicts: readonly RuleVerdict[];
  readonly decidedAt: Instant;
}

/** What policy says to one command. `rule` null: no rule speaks about it. */
export interface CommandDecision {
  readonly decision: "pass" | "need" | "deny";
  readonly rule: string | null;
  readonly reason: string;
  /** The kind of the rule that denies. */
  readonly denies?: "commands" | "domains";
}
