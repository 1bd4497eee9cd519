import type { AttemptOutcome } from "./attempt.ts";
import type { AttemptFailureCode } from "./attempt-failure.ts";
import type { CommandLine } from "./profile.ts";

/** One acceptance command as it ran on the committed tree. */
export interface CheckResult {
  readonly name: string;
  readonly command: CommandLine;
  readonly passed: boolean;
  /** `null` when a signal ended it. */
  readonly exitCode: number | null;
  readonly timedOut: boolean;
  readonly seconds: number;
}

/** The commit an attempt made, measured by us. */
export interface ChangeMade {
  readonly branch: string;
  readonly base: string;
  readonly head: string;
  readonly files: readonly ChangedFile[];
}

export interface ChangedFile {
  readonly path: string;
  readonly added: number;
  readonly removed: number;
}

/** Why an artifact is not there. */
export const ABSENT_REASONS = [
  "not_reached",
  "not_asked",
  "nothing_to_show",
  "not_produced",
  "unreadable",
  "too_large",
] as const;
export type AbsentReason = (typeof ABSENT_REASONS)[number];

/** The names of what an attempt leaves; the branch travels as a git bundle. */
export const ARTIFACT_NAMES = [
  "plan.md",
  "patch.diff",
  "test.log",
  "review.md",
  "cost.json",
  "run.jsonl",
  "rollout.jsonl",
  "spine.jsonl",
  "branch.bundle",
] as const;
export type ArtifactName = (typeof ARTIFACT_NAMES)[number];

/** Bytes; what is larger is listed as `too_large`. The branch may be larger than text, which has to be redacted. */
export const LARGEST_ARTIFACT: { readonly text: number; readonly bundle: number; readonly recording: number } = {
  text: 32 * 1024 * 1024,
  bundle: 64 * 1024 * 1024,
  recording: 256 * 1024 * 1024,
};

/** How an attempt ended, as its runner saw it. The host checks it against the fence and its own ledger. */
export interface Verdict {
  readonly outcome: AttemptOutcome;
  readonly failure: { readonly code: AttemptFailureCode; readonly detail: string } | null;
  readonly change: ChangeMade | null;
  readonly checks: readonly CheckResult[];
  readonly sessionId: string | null;
  readonly turns: number;
  readonly toolCalls: number;
  /** Processes that had outlived their group's end and were killed one by one; 0 is the rule. */
  readonly survivors: number;
  readonly absent: Readonly<Partial<Record<ArtifactName, AbsentReason>>>;
}
