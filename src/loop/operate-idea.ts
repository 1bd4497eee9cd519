/** What a person does to an idea: hold it, let it go on, end it, or say yes to the change that waits. */
import { fail, ok, type Result } from "../kit/result.ts";
import { controlScopeOf } from "../model/control.ts";
import type { Failure } from "../model/failure.ts";
import { ENDED_IDEA_STATES, type Idea } from "../model/idea.ts";
import type { IdeaId } from "../model/ids.ts";
import type { Redacted } from "../model/redacted.ts";
import type { Task } from "../model/task.ts";
import { grantApproval } from "../store/approvals/decide-approval.ts";
import { listApprovals } from "../store/approvals/list-approvals.ts";
import { voidApprovals } from "../store/approvals/void-approvals.ts";
import { openAttempts } from "../store/attempts/open-attempts.ts";
import { stopAttempt } from "../store/attempts/stop-attempt.ts";
import { liftControl } from "../store/controls/lift-control.ts";
import { changeIdea } from "../store/ideas/change-idea.ts";
import { getIdea } from "../store/ideas/get-idea.ts";
import type { Tx } from "../store/store.ts";
import { changeTask } from "../store/tasks/change-task.ts";
import { listTasks } from "../store/tasks/list-tasks.ts";
import { signalTask } from "../store/tasks/signal-task.ts";
import { findIdea } from "../views/find-id.ts";

/** Nothing new of it starts; what runs goes on to its end. */
export async function pauseIdea(tx: Tx, id: string): Promise<Result<Idea, Failure>> {
  const idea = await ideaMeant(tx, id);
  if (!idea.ok) return idea;
  const paused = await changeIdea(tx, idea.value.id, { to: "paused", reason: "operator" });
  return paused === null ? fail(cannot("paused", idea.value)) : ok(paused);
}

/** Lifts a pause, and what parked or failed its tasks: they are tried again. */
export async function resumeIdea(tx: Tx, id: string): Promise<Result<Idea, Failure>> {
  const idea = await ideaMeant(tx, id);
  if (!idea.ok) return idea;
  await liftControl(tx, controlScopeOf.idea(idea.value.id));
  if (idea.value.state === "paused") await changeIdea(tx, idea.value.id, { to: "before" });
  const tasks = await listTasks(tx, idea.value.id);
  const held = tasks.filter(isHeld);
  for (const task of held) await signalTask(tx, task.id, "resumed");
  if (idea.value.state !== "paused" && held.length === 0) return fail(cannot("resumed", idea.value));
  return ok((await getIdea(tx, idea.value.id)) ?? idea.value);
}

/** Ends it: running attempts at once, everything else without having begun. What it cost and left stays. */
export async function cancelIdea(tx: Tx, id: string): Promise<Result<Idea, Failure>> {
  const idea = await ideaMeant(tx, id);
  if (!idea.ok) return idea;
  if (ENDED_IDEA_STATES.includes(idea.value.state) && idea.value.state !== "failed")
    return fail(cannot("cancelled", idea.value));
  await cancelTasks(tx, idea.value.id);
  // The last of its tasks has taken it along already, unless it had none.
  const cancelled = await changeIdea(tx, idea.value.id, { to: "cancelled", reason: "operator" });
  return ok(cancelled ?? (await getIdea(tx, idea.value.id)) ?? idea.value);
}

/** Says yes to every change of it that waits for a person, and to nothing else an agent asks. */
export async function approveIdea(
  tx: Tx,
  { id, reason }: { readonly id: string; readonly reason: Redacted | null },
): Promise<Result<Idea, Failure>> {
  const idea = await ideaMeant(tx, id);
  if (!idea.ok) return idea;
  const asked = await listApprovals(tx, { ideaId: idea.value.id, state: "asked" });
  const changes = asked.filter(({ action, expiresAt }) => action === "change" && expiresAt > tx.now);
  if (changes.length === 0) return fail(nothingWaits(idea.value.id, asked.length));
  for (const { id: approval } of changes) {
    const granted = await grantApproval(tx, approval, { by: "person", ...(reason === null ? {} : { reason }) });
    if (!granted.ok) return granted;
  }
  return ok((await getIdea(tx, idea.value.id)) ?? idea.value);
}

async function cancelTasks(tx: Tx, id: IdeaId): Promise<void> {
  for (const attempt of await openAttempts(tx))
    if (attempt.ideaId === id) await stopAttempt(tx, attempt.id, { wish: "now", code: "CANCELLED" });
  for (const task of await listTasks(tx, id)) {
    await voidApprovals(tx, { taskId: task.id });
    await changeTask(tx, task.id, { to: "cancelled", reason: "operator" });
  }
}

async function ideaMeant(tx: Tx, said: string): Promise<Result<Idea, Failure>> {
  const found = await findIdea(tx, said);
  if (!found.ok) return found;
  const idea = await getIdea(tx, found.value);
  if (idea === null) throw new Error(`idea ${found.value} vanished within one transaction`);
  return ok(idea);
}

function isHeld({ state }: Task): boolean {
  return state === "parked" || state === "failed";
}

function cannot(become: string, { id, state }: Idea): Failure {
  return {
    code: "conflict",
    message: `Idea ${id} is ${state} and cannot be ${become}.`,
    cause: "Only what still goes on can be held or ended, and only what is held can go on.",
    hint: `Do this: codex-loop idea show ${id} says where it stands and why.`,
    retry: "never",
  };
}

function nothingWaits(id: IdeaId, others: number): Failure {
  return {
    code: "conflict",
    message: `Idea ${id} has no change that waits for a person.`,
    cause: others === 0 ? "Nothing of it waits for an answer." : "Its agent asks something else.",
    hint: others === 0 ? `Do this: codex-loop idea show ${id}` : "Do this: codex-loop approvals list",
    retry: "never",
  };
}
