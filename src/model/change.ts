import type { AttemptId, ChangeId, IdeaId, TaskId } from "./ids.ts";
import type { Instant } from "./time.ts";
import type { Transitions } from "./transitions.ts";

export const CHANGE_STATES = ["local", "proposed", "merged", "landed", "reverted"] as const;
export type ChangeState = (typeof CHANGE_STATES)[number];

/** `landed`: the tree of the target branch was compared with the tested one. */
export const CHANGE_TRANSITIONS: Transitions<ChangeState> = {
  local: ["proposed", "merged"],
  proposed: ["merged"],
  merged: ["landed", "reverted"],
  landed: ["reverted"],
  reverted: [],
};

/** What an attempt would change in a repository. */
export interface Change {
  readonly id: ChangeId;
  readonly ideaId: IdeaId;
  readonly taskId: TaskId;
  readonly attemptId: AttemptId;
  readonly repository: string;
  readonly branch: string;
  readonly targetBranch: string;
  readonly base: string;
  readonly head: string;
  readonly files: number;
  /** Added and removed. */
  readonly lines: number;
  readonly diffSha256: string;
  readonly state: ChangeState;
  readonly simulated: boolean;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}
