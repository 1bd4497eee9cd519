import type { Blocker } from "../../model/blocker.ts";
import type { BreakerReach } from "../../model/breaker.ts";
import type { Cap } from "../../model/cap.ts";
import type { Control } from "../../model/control.ts";
import type { Idea } from "../../model/idea.ts";
import type { ApprovalId, AttemptId, TaskId } from "../../model/ids.ts";
import type { Task, TaskState } from "../../model/task.ts";
import type { Instant } from "../../model/time.ts";

/** Something an attempt cannot do without. */
export interface Readiness {
  readonly ready: boolean;
  /** What to do where it is not ready, one sentence. */
  readonly fix: string;
}

/** The attempts that are open, the oldest first, and how many may be. */
export interface Room {
  readonly open: readonly AttemptId[];
  readonly limit: number;
}

/** What policy said at the gate `dispatch`. */
export interface DispatchVerdict {
  readonly decision: "pass" | "need" | "deny" | "unknown";
  readonly rules: readonly string[];
  readonly at: Instant;
}

export type CapState = Pick<Cap, "scope" | "unit" | "cap" | "extended" | "reserved" | "spent">;

export interface AdmissionFacts {
  readonly now: Instant;
  readonly idea: Pick<Idea, "id" | "repository" | "agent" | "state" | "reason" | "updatedAt">;
  readonly task: Pick<Task, "id" | "state" | "reason" | "signalAt" | "notBefore" | "createdAt" | "updatedAt">;
  /** The head of the target branch as it is now; `null` when it cannot be read. */
  readonly head: string | null;
  /** The task's attempts that ended for good (not lost, not a wait), at least the latest of each base. */
  readonly tried: readonly { readonly base: string; readonly endedAt: Instant }[];
  /** All controls there are. */
  readonly controls: readonly Control[];
  /** Tasks it waits for that are not done. */
  readonly needs: readonly { readonly id: TaskId; readonly state: TaskState; readonly since: Instant }[];
  /** Its open questions. */
  readonly asked: readonly { readonly id: ApprovalId; readonly askedAt: Instant }[];
  /** Its attempt that has not ended. */
  readonly openAttempt: { readonly id: AttemptId; readonly queuedAt: Instant } | null;
  /** Breakers that are not closed. */
  readonly breakers: readonly BreakerReach[];
  /** The caps it would spend from: its own sessions, its idea's, the day's, the month's. */
  readonly caps: readonly CapState[];
  /** The command that widens the cap it is parked for; `null`: none does. */
  readonly wayOn: string | null;
  readonly room: { readonly all: Room; readonly repository: Room };
  /** `null`: no rule is asked before a start. */
  readonly policy: DispatchVerdict | null;
  readonly surroundings: { readonly sandbox: Readiness; readonly agent: Readiness; readonly key: Readiness };
}

/** One kind of reason; empty when it does not apply. */
export type Check = (facts: AdmissionFacts) => readonly Blocker[];

/** A state or closed word as people read it. */
export function words(state: string): string {
  return /^[A-Z]/.test(state) ? state : state.replaceAll("_", " ");
}

/** The closed word that stands beside a state, in a sentence. */
export function because(reason: string | null): string {
  return reason === null ? "" : ` because of ${words(reason)}`;
}
