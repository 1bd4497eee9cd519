import { ok, type Result } from "../kit/result.ts";
import type { Blocker } from "../model/blocker.ts";
import type { CapLimits } from "../model/cap.ts";
import type { Failure } from "../model/failure.ts";
import { ENDED_IDEA_STATES, type Idea } from "../model/idea.ts";
import type { TaskId } from "../model/ids.ts";
import type { Instant } from "../model/time.ts";
import { blockers } from "../policy/admission.ts";
import type { AdmissionFacts } from "../policy/admission/facts.ts";
import { storedFacts, type StoredFacts } from "../store/admission/stored-facts.ts";
import { getIdea } from "../store/ideas/get-idea.ts";
import { listLeases } from "../store/leases/list-leases.ts";
import type { Reader } from "../store/store.ts";
import { findWork } from "./find-work.ts";
import type { ExplainRow } from "./shapes/explain.ts";

export interface ExplainQuery {
  /** The id of a task, an idea or an attempt, or the start of one. */
  readonly said: string;
  readonly now: Instant;
  readonly limitsOf: (idea: Idea) => CapLimits;
}

/** What the store says about the tasks that are meant. */
export interface Explained {
  readonly tasks: readonly StoredFacts[];
  /** The idea without a task, where there is nothing to admit yet. */
  readonly unplanned: Idea | null;
  /** Whether any process turns events into work. */
  readonly served: boolean;
}

/** What only a look outside the store can tell about a task; the same that dispatch looks at. */
export interface Outside extends Pick<AdmissionFacts, "head" | "surroundings" | "policy"> {
  readonly limits: { readonly all: number; readonly repository: number };
}

/** The stored half of the answer, one moment of the store. */
export async function explainedTasks(reader: Reader, query: ExplainQuery): Promise<Result<Explained, Failure>> {
  const work = await findWork(reader, query.said);
  if (!work.ok) return work;
  const { ideaId, tasks } = work.value;
  const facts: StoredFacts[] = [];
  for (const taskId of tasks) {
    const stored = await storedFacts(reader, { taskId, now: query.now, limitsOf: query.limitsOf });
    if (stored !== null) facts.push(stored);
  }
  const unplanned = facts.length === 0 ? await getIdea(reader, ideaId) : null;
  return ok({ tasks: facts, unplanned, served: await isServed(reader, query.now) });
}

async function isServed(reader: Reader, now: Instant): Promise<boolean> {
  return (await listLeases(reader)).some((lease) => lease.name === "scheduler" && lease.expiresAt > now);
}

/** Why one task does not run, by the very function that dispatch admits with; empty: it does, or will at the next look. */
export function explainTask(stored: StoredFacts, outside: Outside, served: boolean): readonly ExplainRow[] {
  const { head, surroundings, policy, limits } = outside;
  const room = {
    all: { open: stored.open.all, limit: limits.all },
    repository: { open: stored.open.repository, limit: limits.repository },
  };
  const found = blockers({ ...stored, head, surroundings, policy, room });
  return (found.length === 0 && !served ? [NOT_SERVED] : found).map((blocker) => rowOf(blocker, stored.task.id));
}

/** Why an idea that has no task yet gets none. */
export function explainIdea({ id, state, updatedAt }: Idea, served: boolean): readonly ExplainRow[] {
  if (!ENDED_IDEA_STATES.includes(state) && !served) return [rowOf(NOT_SERVED, null)];
  const liftedBy = ENDED_IDEA_STATES.includes(state)
    ? `nothing: it is ${state}; hand it in anew with codex-loop idea add`
    : `its plan; codex-loop idea show ${id} says how far it is`;
  return [rowOf({ reason: "idea_not_active", since: updatedAt, liftedBy }, null)];
}

const NOT_SERVED: Blocker = {
  reason: "not_served",
  since: null,
  liftedBy: "a running codex-loop up, or codex-loop idea resume --wait: no process dispatches now",
};

function rowOf({ reason, since, liftedBy }: Blocker, task: TaskId | null): ExplainRow {
  return { reason, since, lifted_by: liftedBy, task_id: task };
}
