/** The three ends of a decision in the store: a question, a halt, or done. Each is refused where the task has moved on. */
import { instantOf, msOf } from "../../model/time.ts";
import { clip, counted } from "../../kit/text.ts";
import { askApproval } from "../../store/approvals/ask-approval.ts";
import { changeIdea } from "../../store/ideas/change-idea.ts";
import type { Stamp, Tx } from "../../store/store.ts";
import { changeTask } from "../../store/tasks/change-task.ts";
import { listTasks } from "../../store/tasks/list-tasks.ts";
import { contentHashOf, type Candidate } from "./candidate.ts";
import type { IntegrateWorld } from "./integrate-world.ts";

/** A finished change costs nothing while it waits, so people have longer than for a question in mid-run. */
const ANSWER_WITHIN_MS = 7 * 86_400_000;

/** Details are for people; the whole story is in the decision. */
const LONGEST_DETAIL = 2_000;

interface Reason {
  /** A closed word. */
  readonly word: string;
  readonly text: string;
}

/** Asks a person about exactly this commit. */
export async function askPerson(world: IntegrateWorld, candidate: Candidate, { word, text }: Reason): Promise<void> {
  const { idea, task, attempt, change } = candidate;
  const detail = world.redact(clip(text, LONGEST_DETAIL));
  await world.store.write(stampOf(candidate), async (tx) => {
    const to = { to: "awaiting_approval", reason: word, detail, fence: attempt.fence } as const;
    if ((await changeTask(tx, task.id, to)) === null) return;
    await askApproval(tx, {
      ideaId: idea.id,
      taskId: task.id,
      attemptId: attempt.id,
      action: "change",
      subject: world.redact(
        `${change.branch}: ${counted(change.files, "file")}, ${counted(change.lines, "line")} at ${change.head.slice(0, 12)}`,
      ),
      reason: detail,
      contentHash: contentHashOf(change),
      head: change.head,
      rule: word,
      callId: null,
      expiresAt: instantOf(msOf(tx.now) + ANSWER_WITHIN_MS),
    });
  });
}

/** Parks the task: nothing but a person or a change of the rules brings it on. Its files are kept. */
export async function haltTask(world: IntegrateWorld, candidate: Candidate, { word, text }: Reason): Promise<void> {
  const detail = world.redact(clip(text, LONGEST_DETAIL));
  await world.store.write(stampOf(candidate), async (tx) => {
    await changeTask(tx, candidate.task.id, { to: "parked", reason: word, detail, fence: candidate.attempt.fence });
  });
}

/** The task is done, and with its last task the idea is completed. */
export async function finishTask(world: IntegrateWorld, candidate: Candidate): Promise<void> {
  const { task, attempt, idea } = candidate;
  await world.store.write(stampOf(candidate), async (tx) => {
    const done = await changeTask(tx, task.id, { to: "done", fence: attempt.fence });
    if (done !== null && (await areAllDone(tx, idea.id))) await changeIdea(tx, idea.id, { to: "completed" });
  });
}

async function areAllDone(tx: Tx, idea: Candidate["idea"]["id"]): Promise<boolean> {
  return (await listTasks(tx, idea)).every(({ state }) => state === "done");
}

export function stampOf({ attempt }: Candidate): Stamp {
  return { actor: "integrate", simulated: attempt.simulated };
}
