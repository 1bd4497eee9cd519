import type { Approval } from "../../model/approval.ts";
import type { Attempt } from "../../model/attempt.ts";
import type { Change } from "../../model/change.ts";
import type { Check } from "../../model/check.ts";
import type { Idea } from "../../model/idea.ts";
import type { AttemptId } from "../../model/ids.ts";
import type { Task } from "../../model/task.ts";
import { hashParts } from "../../kit/hash.ts";
import { listApprovals } from "../../store/approvals/list-approvals.ts";
import { listArtifacts } from "../../store/artifacts/list-artifacts.ts";
import { getAttempt } from "../../store/attempts/get-attempt.ts";
import { changeOfAttempt, listChanges } from "../../store/changes/list-changes.ts";
import { listChecks } from "../../store/checks/list-checks.ts";
import { getIdea } from "../../store/ideas/get-idea.ts";
import type { Observation } from "../../store/observations/put-observations.ts";
import { readObservations } from "../../store/observations/read-observations.ts";
import type { Reader } from "../../store/store.ts";
import { getTask } from "../../store/tasks/get-task.ts";

/** A change that an attempt made and that nobody has decided about yet, with all the store knows of it. */
export interface Candidate {
  readonly idea: Idea;
  readonly task: Task;
  readonly attempt: Attempt;
  readonly change: Change;
  readonly checks: readonly Check[];
  /** What others saw at its head, e.g. checks of a code host. */
  readonly observations: readonly Observation[];
  /** The file that holds its commits; `null`: it was not kept. */
  readonly bundle: string | null;
  /** The question about exactly this change, answered or not. */
  readonly approval: Approval | null;
  /** The latest change of each task of the idea, this one among them. */
  readonly siblings: readonly Change[];
}

/** `null`: there is nothing to integrate, or somebody else has the task by now. */
export async function candidateOf(reader: Reader, id: AttemptId): Promise<Candidate | null> {
  const attempt = await getAttempt(reader, id);
  if (attempt === null || attempt.outcome !== "succeeded" || attempt.role !== "executor") return null;
  const task = await getTask(reader, attempt.taskId);
  const idea = await getIdea(reader, attempt.ideaId);
  const change = await changeOfAttempt(reader, id);
  if (task === null || idea === null || change === null || !awaits(task, attempt)) return null;
  const artifacts = await listArtifacts(reader, id);
  const approvals = await listApprovals(reader, { attemptId: id });
  return {
    idea,
    task,
    attempt,
    change,
    checks: await listChecks(reader, id),
    observations: await readObservations(reader, { subject: subjectOf(change), head: change.head }),
    bundle: artifacts.find(({ name }) => name === "branch.bundle")?.sha256 ?? null,
    approval:
      approvals.find(({ contentHash, head }) => contentHash === contentHashOf(change) && head === change.head) ?? null,
    siblings: latestOfTasks(await listChanges(reader, idea.id)),
  };
}

/** The intent is read again: a task that was cancelled, replayed or claimed anew is not this attempt's any more. */
function awaits({ state, fence }: Task, attempt: Attempt): boolean {
  return fence === attempt.fence && (state === "verifying" || state === "awaiting_approval");
}

/** How decisions, observations and questions name a change. */
export function subjectOf({ id }: Pick<Change, "id">): string {
  return `change/${id}`;
}

/** What a yes is bound to: another commit or another diff is another question. */
export function contentHashOf({ head, diffSha256 }: Pick<Change, "head" | "diffSha256">): string {
  return hashParts("change", head, diffSha256);
}

function latestOfTasks(changes: readonly Change[]): readonly Change[] {
  return [...new Map(changes.map((change) => [change.taskId, change])).values()];
}
