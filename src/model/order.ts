import type { AttemptCaps } from "./cap.ts";
import type { AgentKind } from "./idea.ts";
import type { AttemptId, IdeaId, TaskId } from "./ids.ts";
import type { Json } from "../kit/json.ts";
import type { AcceptanceCommand, CommandLine } from "./profile.ts";
import type { Role } from "./role.ts";

/** What an attempt has to leave behind to count as done. */
export const OUTPUTS = ["change", "plan", "review"] as const;
export type Output = (typeof OUTPUTS)[number];

/**
 * A complete order for one attempt, written by the stage that wants it. The runner needs nothing else but its Launch:
 * no store, no settings, no secret.
 */
export interface Order {
  readonly attemptId: AttemptId;
  readonly ideaId: IdeaId;
  readonly taskId: TaskId;
  readonly role: Role;
  readonly agent: AgentKind;
  /** `null`: the agent's own choice. */
  readonly model: string | null;
  /** A folder of this machine with a git repository. */
  readonly repository: string;
  /** The full commit id to start from. */
  readonly base: string;
  /** The branch the result is for; the runner names its branch after the attempt's. */
  readonly targetBranch: string;
  readonly branch: string;
  /** The role's instructions and the task's text, for the agent. Text of the task is data, and marked as such. */
  readonly instructions: string;
  readonly brief: string;
  readonly setup: readonly CommandLine[];
  readonly acceptance: readonly AcceptanceCommand[];
  readonly allowedPaths: readonly string[];
  /** Globs that no attempt may change. */
  readonly protectedPaths: readonly string[];
  readonly outputs: readonly Output[];
  readonly caps: AttemptCaps;
  /** The steps of a scripted agent. */
  readonly script: Json | null;
  /** Trailers of the commit, in order. */
  readonly trailers: readonly (readonly [key: string, value: string])[];
  readonly subject: string;
}
