import { ok, type Result } from "../kit/result.ts";
import type { Blocker } from "../model/blocker.ts";
import { controlsOver, type Control } from "../model/control.ts";
import type { Failure } from "../model/failure.ts";
import { ENDED_IDEA_STATES, type Idea } from "../model/idea.ts";
import type { TaskId } from "../model/ids.ts";
import type { Instant } from "../model/time.ts";
import { liftOfControl } from "../policy/admission/hold-checks.ts";
import { listControls } from "../store/controls/list-controls.ts";
import { getIdea } from "../store/ideas/get-idea.ts";
import { listLeases } from "../store/leases/list-leases.ts";
import type { Reader } from "../store/store.ts";
import { findWork } from "./find-work.ts";
import type { ExplainRow } from "./shapes/explain.ts";

/** The work that somebody asks about. */
export interface WorkMeant {
  readonly tasks: readonly TaskId[];
  readonly idea: Idea | null;
  /** What holds the idea back, by itself or with others. */
  readonly controls: readonly Control[];
  /** Whether any process turns events into work. */
  readonly served: boolean;
}

/** The work of a task, an idea or an attempt, by its id or the start of one. */
export async function workMeant(
  reader: Reader,
  { said, now }: { readonly said: string; readonly now: Instant },
): Promise<Result<WorkMeant, Failure>> {
  const work = await findWork(reader, said);
  if (!work.ok) return work;
  const { ideaId, tasks } = work.value;
  const leases = await listLeases(reader);
  const served = leases.some((lease) => lease.name === "scheduler" && lease.expiresAt > now);
  const idea = await getIdea(reader, ideaId);
  const controls = idea === null ? [] : controlsOver(await listControls(reader), idea);
  return ok({ tasks, idea, controls, served });
}

/** Why a task does not run, from what admission says; empty: it is taken at the next look. */
export function taskRows(task: TaskId, found: readonly Blocker[], served: boolean): readonly ExplainRow[] {
  return (found.length === 0 && !served ? [NOT_SERVED] : found).map((blocker) => rowOf(blocker, task));
}

/** Why an idea that has no task yet gets none. */
export function ideaRows({ idea, controls, served }: WorkMeant): readonly ExplainRow[] {
  if (idea === null) return [];
  const { id, state, updatedAt } = idea;
  const hasEnded = ENDED_IDEA_STATES.includes(state);
  const liftedBy = hasEnded
    ? `nothing: it is ${state}; hand it in anew with codex-loop idea add`
    : `its plan; codex-loop idea show ${id} says how far it is`;
  const held = controls.map((control) => ({
    reason: control.word,
    since: control.at,
    liftedBy: liftOfControl(control, idea),
  }));
  const found = !hasEnded && !served ? NOT_SERVED : { reason: "idea_not_active" as const, since: updatedAt, liftedBy };
  return [...held, found].map((blocker) => rowOf(blocker, null));
}

const NOT_SERVED: Blocker = {
  reason: "not_served",
  since: null,
  liftedBy: "a running codex-loop up, or codex-loop idea resume --wait: no process dispatches now",
};

function rowOf({ reason, since, liftedBy }: Blocker, task: TaskId | null): ExplainRow {
  return { reason, since, lifted_by: liftedBy, task_id: task };
}
