import type { AttemptFailureCode } from "../../model/attempt-failure.ts";
import { idOf, type AttemptId, type IdeaId, type TaskId } from "../../model/ids.ts";
import type { Instant } from "../../model/time.ts";
import { classifyFailure } from "../../policy/failure-signature.ts";
import type { Reader } from "../store.ts";

/** One attempt that ended badly, or one task that is held without an attempt of its own being to blame. */
export interface Trouble {
  readonly code: AttemptFailureCode;
  /** `null`: the task was parked or failed before an attempt could be made. */
  readonly attemptId: AttemptId | null;
  readonly taskId: TaskId;
  readonly ideaId: IdeaId;
  readonly repository: string;
  readonly detail: string | null;
  /** The task is failed or parked because of this very code. */
  readonly holds: boolean;
  readonly simulated: boolean;
  readonly at: Instant;
}

/** Everything that went wrong since then, the latest first. */
export async function listTroubles(reader: Reader, since: Instant): Promise<readonly Trouble[]> {
  const attempts = await failedAttempts(reader, since);
  const blamed = new Set(attempts.map(({ taskId, code }) => `${taskId} ${code}`));
  const tasks = (await heldTasks(reader, since)).filter(({ taskId, code }) => !blamed.has(`${taskId} ${code}`));
  return [...attempts, ...tasks].toSorted((left, right) => (left.at < right.at ? 1 : -1));
}

const HELD = ["failed", "parked"];

async function failedAttempts(reader: Reader, since: Instant): Promise<readonly Trouble[]> {
  const rows = await reader.db
    .selectFrom("attempts")
    .innerJoin("tasks", "tasks.id", "attempts.task_id")
    .innerJoin("ideas", "ideas.id", "attempts.idea_id")
    .select(["attempts.id", "attempts.task_id", "attempts.idea_id", "attempts.failure_code", "attempts.failure_detail"])
    .select(["attempts.ended_at", "attempts.simulated", "tasks.state", "tasks.reason", "ideas.repository"])
    .where("attempts.failure_code", "is not", null)
    .where("attempts.ended_at", ">=", since)
    .execute();
  return rows.map((row) => ({
    code: codeOf(row.failure_code),
    attemptId: idOf.attempt(row.id),
    taskId: idOf.task(row.task_id),
    ideaId: idOf.idea(row.idea_id),
    repository: row.repository,
    detail: row.failure_detail,
    holds: HELD.includes(row.state) && row.reason === row.failure_code,
    simulated: row.simulated === 1,
    at: row.ended_at as Instant,
  }));
}

async function heldTasks(reader: Reader, since: Instant): Promise<readonly Trouble[]> {
  const rows = await reader.db
    .selectFrom("tasks")
    .innerJoin("ideas", "ideas.id", "tasks.idea_id")
    .select(["tasks.id", "tasks.idea_id", "tasks.reason", "tasks.detail", "tasks.updated_at"])
    .select(["ideas.repository", "ideas.simulated"])
    .where("tasks.state", "in", HELD)
    .where("tasks.updated_at", ">=", since)
    .execute();
  return rows
    .filter(({ reason }) => reason !== null && /^[A-Z_]+$/.test(reason))
    .map((row) => ({
      code: codeOf(row.reason),
      attemptId: null,
      taskId: idOf.task(row.id),
      ideaId: idOf.idea(row.idea_id),
      repository: row.repository,
      detail: row.detail,
      holds: true,
      simulated: row.simulated === 1,
      at: row.updated_at as Instant,
    }));
}

/** A word that is a code of another version, or of a predecessor, is shown by its prefix. */
function codeOf(word: string | null): AttemptFailureCode {
  return classifyFailure(word ?? "");
}
