/** Ideas as people and scripts see them: the fields of the interface, spelled as in its JSON. */
import type { AgentKind, IdeaState } from "../../model/idea.ts";
import type { Provenance } from "../../model/provenance.ts";
import type { TaskState } from "../../model/task.ts";
import type { AskedApproval } from "./approval.ts";
import type { BudgetRow } from "./budget.ts";
import type { AttemptRow, ChangeRow } from "./run.ts";

/** How an idea is cut into tasks. */
export interface PlanRow {
  readonly id: string;
  /** `spec`: the idea is one task · `planner`: a run planned it. */
  readonly source: string;
  readonly hash: string;
  readonly created_at: string;
}

export interface TaskRow {
  readonly id: string;
  /** From 1 within its idea. */
  readonly number: number;
  readonly title: string;
  readonly state: TaskState;
  /** A closed word, and the same in words. */
  readonly reason: string | null;
  readonly detail: string | null;
  readonly head: string | null;
  readonly not_before: string | null;
}

/** What an idea has cost so far; `null` while nothing has been counted or no price is known. */
export interface Spend {
  readonly tokens: number | null;
  readonly usd: number | null;
  readonly responses: number;
  /** Model responses whose price nobody knows: the money is then unknown, the tokens are not. */
  readonly unpriced: number;
  readonly provenance: Provenance;
}

export interface IdeaRow {
  readonly id: string;
  readonly state: IdeaState;
  readonly plan: PlanRow | null;
  readonly tasks: readonly TaskRow[];
  readonly attempts: readonly AttemptRow[];
  readonly spend: Spend;
  readonly changes: readonly ChangeRow[];
  readonly title: string;
  readonly repository: string;
  readonly target_branch: string;
  readonly agent: AgentKind;
  readonly reason: string | null;
  readonly detail: string | null;
  readonly simulated: boolean;
  readonly created_at: string;
  readonly updated_at: string;
  /** Questions that wait for a person. */
  readonly waiting: number;
}

export interface IdeaDetail extends IdeaRow {
  /** The commands that widen the cap a task of it is parked for, and have it go on; `null`: no cap holds it. */
  readonly way_on: string | null;
  /** The state that lifting a pause goes back to. */
  readonly state_before: IdeaState | null;
  readonly spec: string;
  readonly goal: string;
  readonly risk: string | null;
  readonly labels: readonly string[];
  readonly origin: string;
  readonly spec_hash: string;
  readonly caps: readonly BudgetRow[];
  readonly approvals: readonly AskedApproval[];
}
