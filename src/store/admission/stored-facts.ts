import { capScopeOf, type CapLimits, type CapScope, type CapUnit } from "../../model/cap.ts";
import type { Idea } from "../../model/idea.ts";
import { idOf, type AttemptId, type TaskId } from "../../model/ids.ts";
import type { Task } from "../../model/task.ts";
import { dayOf, type Instant } from "../../model/time.ts";
import type { AdmissionFacts } from "../../policy/admission/facts.ts";
import { retryClassOf } from "../../policy/attempts/after-attempt.ts";
import { listApprovals } from "../approvals/list-approvals.ts";
import { listAttempts } from "../attempts/list-attempts.ts";
import { listBreakers } from "../breakers/list-breakers.ts";
import { listCaps } from "../caps/list-caps.ts";
import { listControls } from "../controls/list-controls.ts";
import { getIdea } from "../ideas/get-idea.ts";
import { wayOn } from "../tasks/way-on.ts";
import type { Reader } from "../store.ts";
import { getTask } from "../tasks/get-task.ts";
import { taskOf } from "../tasks/task-row.ts";

/** What the store knows of a task's admission; the rest is seen outside. */
export interface StoredFacts extends Omit<
  AdmissionFacts,
  "idea" | "task" | "head" | "room" | "policy" | "surroundings"
> {
  readonly idea: Idea;
  readonly task: Task;
  /** The attempts that are open, the oldest first. */
  readonly open: { readonly all: readonly AttemptId[]; readonly repository: readonly AttemptId[] };
}

export interface FactsWish {
  readonly taskId: TaskId;
  readonly now: Instant;
  /** What the settings allow now: a cap's row follows them only when something is reserved. */
  readonly limitsOf: (idea: Idea) => CapLimits;
}

/** Attempts looked at: a task has no more sessions, but for lost ones and waits. */
const LOOK_BACK = 100;

/** The stored half of what admission is judged by; `null`: no such task. */
export async function storedFacts(reader: Reader, { taskId, now, limitsOf }: FactsWish): Promise<StoredFacts | null> {
  const task = await getTask(reader, taskId);
  const idea = task === null ? null : await getIdea(reader, task.ideaId);
  if (task === null || idea === null) return null;
  const asked = await listApprovals(reader, { taskId, state: "asked" });
  return {
    now,
    idea,
    task,
    ...(await attemptFacts(reader, taskId)),
    controls: await listControls(reader),
    needs: await openNeeds(reader, taskId),
    asked,
    breakers: await listBreakers(reader),
    wayOn: await wayOn(reader, task),
    caps: await capsAround(reader, { idea, taskId, now, limits: limitsOf(idea) }),
    open: await openNow(reader, idea.repository),
  };
}

async function attemptFacts(reader: Reader, taskId: TaskId): Promise<Pick<StoredFacts, "tried" | "openAttempt">> {
  const attempts = await listAttempts(reader, { taskId, limit: LOOK_BACK });
  const tried = attempts.flatMap(({ outcome, failureCode, base, endedAt }) => {
    if (outcome === null || endedAt === null) return [];
    const retry = retryClassOf({ outcome, code: failureCode });
    return retry === "terminal" || retry === null ? [{ base, endedAt }] : [];
  });
  return { tried, openAttempt: attempts.find(({ state }) => state !== "ended") ?? null };
}

async function openNeeds(reader: Reader, taskId: TaskId): Promise<StoredFacts["needs"]> {
  const rows = await reader.db
    .selectFrom("task_dependencies")
    .innerJoin("tasks", "tasks.id", "task_dependencies.needs_id")
    .selectAll("tasks")
    .where("task_id", "=", taskId)
    .where("tasks.state", "<>", "done")
    .orderBy("tasks.number")
    .execute();
  return rows.map(taskOf).map(({ id, state, updatedAt }) => ({ id, state, since: updatedAt }));
}

interface Around {
  readonly idea: Idea;
  readonly taskId: TaskId;
  readonly now: Instant;
  readonly limits: CapLimits;
}

async function capsAround(reader: Reader, { idea, taskId, now, limits }: Around): Promise<StoredFacts["caps"]> {
  const day = capScopeOf.day(dayOf(now), idea.simulated);
  const month = capScopeOf.month(dayOf(now), idea.simulated);
  const wanted: readonly (readonly [CapScope, CapUnit, number | null])[] = [
    [capScopeOf.task(taskId), "sessions", limits.taskSessions],
    [capScopeOf.idea(idea.id), "usd", limits.ideaMicroDollars],
    [capScopeOf.idea(idea.id), "tokens", limits.ideaTokens],
    [day, "usd", limits.dayMicroDollars],
    [day, "tokens", limits.dayTokens],
    [month, "usd", limits.monthMicroDollars],
    [month, "tokens", limits.monthTokens],
  ];
  const touched = await listCaps(
    reader,
    wanted.flatMap(([scope, unit]) => (unit === "usd" ? [] : [scope])),
  );
  return wanted.map(([scope, unit, limit]) => {
    const found = touched.find((cap) => cap.scope === scope && cap.unit === unit);
    const { extended, reserved, spent } = found ?? { extended: 0, reserved: 0, spent: 0 };
    return { scope, unit, extended, reserved, spent, cap: limit === null ? null : limit + extended };
  });
}

async function openNow(reader: Reader, repository: string): Promise<StoredFacts["open"]> {
  const rows = await reader.db
    .selectFrom("attempts")
    .innerJoin("ideas", "ideas.id", "attempts.idea_id")
    .select(["attempts.id", "ideas.repository"])
    .where("attempts.state", "<>", "ended")
    .orderBy("attempts.queued_at")
    .orderBy("attempts.id")
    .execute();
  const idsOf = (some: typeof rows): readonly AttemptId[] => some.map(({ id }) => idOf.attempt(id));
  return { all: idsOf(rows), repository: idsOf(rows.filter((row) => row.repository === repository)) };
}
