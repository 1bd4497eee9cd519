import type { Clock } from "../../kit/clock.ts";
import type { Result } from "../../kit/result.ts";
import type { Settings } from "../../config/options.ts";
import type { Failure } from "../../model/failure.ts";
import type { Holder } from "../../model/holder.ts";
import type { AgentKind, Idea } from "../../model/idea.ts";
import type { IdeaId } from "../../model/ids.ts";
import type { Profile } from "../../model/profile.ts";
import type { Redacted } from "../../model/redacted.ts";
import type { Role } from "../../model/role.ts";
import type { RoleCard } from "../../model/role-card.ts";
import type { Task } from "../../model/task.ts";
import type { AdmissionFacts, DispatchVerdict } from "../../policy/admission/facts.ts";
import type { Repository } from "../../ports/repository.ts";
import type { Store } from "../../store/store.ts";

/** What dispatch asks of policy. */
export interface DispatchQuestion {
  readonly idea: Idea;
  readonly task: Task;
  /** The commit that an attempt would start from. */
  readonly head: string;
}

export interface DispatchWorld {
  readonly store: Store;
  readonly clock: Clock;
  readonly settings: Settings;
  readonly repository: Pick<Repository, "resolve">;
  readonly roleCard: (role: Role) => RoleCard;
  /** The profile that stands in a repository at a commit, defaults filled in. */
  readonly profileAt: (folder: string, commit: string) => Promise<Result<Profile, Failure>>;
  /** What the policy at a commit protects from every agent, so that an attempt is told before it spends anything. */
  readonly protectedAt: (folder: string, commit: string) => Promise<readonly string[]>;
  /** Whether an attempt of this agent could run here; looked at once a round. */
  readonly surroundings: (agent: AgentKind) => Promise<AdmissionFacts["surroundings"]>;
  /** The gate `dispatch`; `null`: no rule is asked. */
  readonly judge: (question: DispatchQuestion) => Promise<DispatchVerdict | null>;
  readonly redact: (text: string) => Redacted;
  /** Told of a task that could not be looked at; it stays ready, and the others go on. */
  readonly trouble: (error: unknown) => void;
  /** Who this process is: what it claims and cannot start any more is given back by it. */
  readonly holder: Holder;
  /** A process that waits for one idea dispatches nothing else; `null`: all ideas. */
  readonly only: IdeaId | null;
  /** Keep the folders of attempts that are dispatched here. */
  readonly keep: boolean;
}
