/** Runs, which are attempts at a task: the fields of the interface, spelled as in its JSON. */
import type { AttemptFailureCode } from "../../model/attempt-failure.ts";
import type { AttemptOutcome, AttemptState, StopWish } from "../../model/attempt.ts";
import type { AgentKind } from "../../model/idea.ts";
import type { Provenance } from "../../model/provenance.ts";
import type { Role } from "../../model/role.ts";
import type { AskedApproval } from "./approval.ts";
import type { MeterRow } from "./budget.ts";

/** One attempt within its idea. Tokens and money are `null` while nothing has been counted or no price is known. */
export interface AttemptRow {
  readonly id: string;
  /** From 1 within its task. */
  readonly number: number;
  readonly agent: AgentKind;
  readonly state: AttemptState;
  readonly outcome: AttemptOutcome | null;
  readonly failure_code: AttemptFailureCode | null;
  readonly session_id: string | null;
  readonly tokens: number | null;
  readonly usd: number | null;
  readonly started_at: string | null;
  readonly ended_at: string | null;
  readonly provenance: Provenance;
  readonly task_id: string;
  readonly role: Role;
  readonly model: string | null;
  readonly failure_detail: string | null;
  readonly queued_at: string;
  readonly base: string;
  readonly head: string | null;
  readonly turns: number | null;
  readonly tool_calls: number | null;
  readonly simulated: boolean;
}

/** One line of the list of runs. */
export interface RunRow extends AttemptRow {
  readonly idea_id: string;
  /** The idea's title. */
  readonly title: string;
  readonly repository: string;
  readonly caps: readonly MeterRow[];
  /** Questions that wait for a person. */
  readonly waiting: number;
}

export interface CheckRow {
  readonly name: string;
  readonly passed: boolean;
  /** `null` when a signal ended it. */
  readonly exit_code: number | null;
  readonly seconds: number;
  readonly timed_out: boolean;
  /** As it was run: an argument list, or one shell line. */
  readonly command: string;
  readonly output_sha256: string | null;
}

/** What a run left, or why there is nothing of that name. */
export interface ArtifactRow {
  readonly name: string;
  readonly sha256: string | null;
  readonly bytes: number | null;
  /** Where the bytes lie on the host's disk; `null` where there are none. */
  readonly path: string | null;
  /** A closed word: `not_reached`, `nothing_to_show`, … or `pruned` once its time was over. */
  readonly absent: string | null;
}

/** What a run would change in its repository. */
export interface ChangeRow {
  readonly branch: string;
  readonly base: string;
  readonly head: string;
  readonly files: number;
  /** Added and removed. */
  readonly lines: number;
  readonly state: "local" | "proposed" | "merged" | "landed" | "reverted";
  readonly id: string;
  readonly attempt_id: string;
  readonly task_id: string;
  readonly target_branch: string;
  readonly diff_sha256: string;
  readonly simulated: boolean;
}

/** One station of a run; `at` is `null` while it has not been reached, or was passed by. */
export interface PhaseRow {
  readonly name: AttemptState;
  readonly at: string | null;
}

export interface RunDetail extends RunRow {
  readonly branch: string;
  readonly target_branch: string;
  readonly deadline: string | null;
  readonly stop: StopWish | null;
  readonly stop_reason: string | null;
  readonly keep: boolean;
  readonly role_hash: string;
  readonly prompt_hash: string;
  readonly phases: readonly PhaseRow[];
  readonly checks: readonly CheckRow[];
  readonly artifacts: readonly ArtifactRow[];
  readonly approvals: readonly AskedApproval[];
  readonly change: ChangeRow | null;
  /** True when the session was read, so that `sessions show` has it. */
  readonly session_known: boolean;
}

/** One line of a run's live log, and the place to go on from. */
export interface RunLogLine {
  /** Its place in the log, in bytes. */
  readonly number: number;
  readonly at: string | null;
  readonly event: string;
  /** What the line says beside time and event. */
  readonly facts: Readonly<Record<string, unknown>>;
}

export interface RunLog {
  readonly lines: readonly RunLogLine[];
  /** Hand it back as `after` to get only what came since. */
  readonly after: number;
  /** No line will come any more. */
  readonly ended: boolean;
}

/** The unified diff of a run; `null` where it made none (yet), with the reason. */
export interface RunDiff {
  readonly diff: string | null;
  readonly sha256: string | null;
  readonly bytes: number | null;
  /** Only the beginning is shown. */
  readonly cut: boolean;
  readonly absent: string | null;
}
