import { ok, type Result } from "../kit/result.ts";
import type { Failure } from "../model/failure.ts";
import type { IdeaId, TaskId } from "../model/ids.ts";
import { getAttempt } from "../store/attempts/get-attempt.ts";
import type { Reader } from "../store/store.ts";
import { getTask } from "../store/tasks/get-task.ts";
import { listTasks } from "../store/tasks/list-tasks.ts";
import { findIdea, findRun, findTask } from "./find-id.ts";

/** An idea and those of its tasks that are meant. */
export interface WorkFound {
  readonly ideaId: IdeaId;
  readonly tasks: readonly TaskId[];
}

/** The work that an id means: a task, all tasks of an idea, or the task of an attempt; the start of an id is enough. */
export async function findWork(reader: Reader, said: string): Promise<Result<WorkFound, Failure>> {
  const task = await findTask(reader, said);
  if (task.ok) return ok(await workOfTask(reader, task.value));
  if (task.failure.code !== "not_found") return task;
  const idea = await findIdea(reader, said);
  if (idea.ok) {
    const tasks = await listTasks(reader, idea.value);
    return ok({ ideaId: idea.value, tasks: tasks.map(({ id }) => id) });
  }
  if (idea.failure.code !== "not_found") return idea;
  const run = await findRun(reader, said);
  if (!run.ok) return run.failure.code === "not_found" ? task : run;
  const attempt = await getAttempt(reader, run.value);
  if (attempt === null) throw new Error(`run ${run.value} vanished within one read`);
  return ok({ ideaId: attempt.ideaId, tasks: [attempt.taskId] });
}

async function workOfTask(reader: Reader, id: TaskId): Promise<WorkFound> {
  const task = await getTask(reader, id);
  if (task === null) throw new Error(`task ${id} vanished within one read`);
  return { ideaId: task.ideaId, tasks: [id] };
}
