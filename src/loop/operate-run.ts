/** What a person does to a run: end it now, or have its task tried again. */
import { fail, ok, type Result } from "../kit/result.ts";
import type { Attempt } from "../model/attempt.ts";
import type { Failure } from "../model/failure.ts";
import type { AttemptId, TaskId } from "../model/ids.ts";
import { getAttempt } from "../store/attempts/get-attempt.ts";
import { openAttempts } from "../store/attempts/open-attempts.ts";
import { stopAttempt } from "../store/attempts/stop-attempt.ts";
import type { Tx } from "../store/store.ts";
import { changeTask } from "../store/tasks/change-task.ts";
import { getTask } from "../store/tasks/get-task.ts";
import { signalTask } from "../store/tasks/signal-task.ts";
import { findRun, findTask } from "../views/find-id.ts";

/** Ends a run at once, whatever it does. `conflict` where it has ended already. */
export async function cancelRun(tx: Tx, id: string): Promise<Result<Attempt, Failure>> {
  const found = await findRun(tx, id);
  if (!found.ok) return found;
  const stopped = await stopAttempt(tx, found.value, { wish: "now", code: "CANCELLED" });
  const attempt = await getAttempt(tx, found.value);
  if (stopped === "closed" || attempt === null) return fail(hasEnded(found.value));
  return ok(attempt);
}

/** Says that the task of a run (or a task itself) may be tried again, whatever became of it before. */
export async function replayRun(tx: Tx, id: string): Promise<Result<TaskId, Failure>> {
  const found = await taskMeant(tx, id);
  if (!found.ok) return found;
  const task = await getTask(tx, found.value);
  const open = (await openAttempts(tx)).find((attempt) => attempt.taskId === found.value);
  if (open !== undefined) return fail(stillRuns(open.id));
  // A change that waits for a person is given up for another try: the person says so with this very act.
  if (task?.state === "awaiting_approval") await changeTask(tx, found.value, { to: "ready", reason: "replayed" });
  const signalled = await signalTask(tx, found.value, "replayed");
  return signalled === "ignored" ? fail(isOver(found.value, task?.state ?? "gone")) : ok(found.value);
}

async function taskMeant(tx: Tx, id: string): Promise<Result<TaskId, Failure>> {
  const run = await findRun(tx, id);
  if (!run.ok) {
    const task = await findTask(tx, id);
    return task.ok || run.failure.code !== "not_found" ? task : run;
  }
  const attempt = await getAttempt(tx, run.value);
  if (attempt === null) throw new Error(`run ${run.value} vanished within one transaction`);
  return ok(attempt.taskId);
}

function hasEnded(id: AttemptId): Failure {
  return {
    code: "conflict",
    message: `Run ${id} has ended.`,
    cause: "Only a run that is queued or running can be cancelled.",
    hint: `Do this: codex-loop run show ${id} says how it ended.`,
    retry: "never",
  };
}

function stillRuns(id: AttemptId): Failure {
  return {
    code: "conflict",
    message: `Run ${id} of this task has not ended.`,
    cause: "A task has one run at a time.",
    hint: `Do this: wait for it, or codex-loop run cancel ${id} first.`,
    retry: "later",
  };
}

function isOver(id: TaskId, state: string): Failure {
  return {
    code: "conflict",
    message: `Task ${id} is ${state} and is not tried again.`,
    cause: "What is done or cancelled stays so.",
    hint: "Do this: hand the work in anew with codex-loop idea add.",
    retry: "never",
  };
}
