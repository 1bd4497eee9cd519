/** Ideas, tasks and attempts through the acts that make them, for tests of what comes after. */
import { orderOf } from "../../src/loop/dispatch/order-of.ts";
import type { Attempt, AttemptOutcome } from "../../src/model/attempt.ts";
import type { AttemptFailureCode } from "../../src/model/attempt-failure.ts";
import { holderOf, type Holder } from "../../src/model/holder.ts";
import type { Idea } from "../../src/model/idea.ts";
import { newId, type IdeaId, type TaskId } from "../../src/model/ids.ts";
import type { Profile } from "../../src/model/profile.ts";
import type { Redacted } from "../../src/model/redacted.ts";
import { roleCardOf } from "../../src/model/role-card.ts";
import type { Task } from "../../src/model/task.ts";
import { msOf } from "../../src/model/time.ts";
import { endAttempt, type Ending } from "../../src/store/attempts/end-attempt.ts";
import { queueAttempt } from "../../src/store/attempts/queue-attempt.ts";
import { startAttempt } from "../../src/store/attempts/start-attempt.ts";
import { changeIdea } from "../../src/store/ideas/change-idea.ts";
import { getIdea } from "../../src/store/ideas/get-idea.ts";
import { registerIdea, type IdeaWish } from "../../src/store/ideas/register-idea.ts";
import { putPlan, type TaskDraft } from "../../src/store/plans/put-plan.ts";
import type { Stamp, Store, Tx } from "../../src/store/store.ts";
import { claimTask } from "../../src/store/tasks/claim-task.ts";
import { getTask } from "../../src/store/tasks/get-task.ts";
import { listTasks } from "../../src/store/tasks/list-tasks.ts";

/** Text of a test: it holds no secret. */
export function text(words: string): Redacted {
  return words as Redacted;
}

export const STAMP: Stamp = { actor: "test" };
export const RUNNER: Holder = holderOf({ host: "here", pid: 77, start: "700" });
export const LEASE_MS: number = 60_000;
export const DEADLINE_MS: number = 3_600_000;
export const HEAD: string = "a".repeat(40);

export const PROFILE: Profile = {
  setup: [],
  acceptance: [{ name: "unit", run: ["npm", "test"], timeout: 60 }],
  allowedPaths: [],
  scope: null,
  caps: {},
  maxParallel: 64,
};

export const PROTECTED: readonly string[] = [".codex-loop/**", "vault/**"];

export function ideaWish(wish: Partial<IdeaWish> = {}): IdeaWish {
  return {
    title: text("Greet people"),
    spec: text("# Greet people\n\n## Goal\nSay hello."),
    goal: text("Say hello."),
    risk: null,
    labels: ["small"],
    repository: "/repository",
    targetBranch: "main",
    agent: "codex",
    script: null,
    caps: {},
    origin: "cli",
    specHash: "0".repeat(64),
    simulated: false,
    ...wish,
  };
}

export interface Planned {
  readonly idea: Idea;
  readonly tasks: readonly Task[];
}

/** An idea with its plan, as the stage `plan` leaves it; one task unless `tasks` says otherwise. */
export async function plannedIdea(
  tx: Tx,
  wish: Partial<IdeaWish> = {},
  tasks: readonly Pick<TaskDraft, "needs">[] = [{ needs: [] }],
): Promise<Planned> {
  const idea = await registerIdea(tx, ideaWish(wish));
  const drafts = tasks.map(({ needs }) => ({ title: idea.title, brief: idea.spec, needs }));
  await putPlan(tx, { ideaId: idea.id, source: "spec", hash: "1".repeat(64), tasks: drafts });
  await changeIdea(tx, idea.id, { to: "plan_ready" });
  return { idea: await ideaNow(tx, idea.id), tasks: await listTasks(tx, idea.id) };
}

/** The idea's only task. */
export async function plannedTask(store: Store, wish: Partial<IdeaWish> = {}): Promise<Task> {
  const { tasks } = await store.write(STAMP, (tx) => plannedIdea(tx, wish));
  const [task] = tasks;
  if (task === undefined) throw new Error("a plan of one task has none");
  return task;
}

export interface Claiming {
  readonly head?: string;
  readonly limits?: { readonly all: number; readonly repository: number };
}

/** Claims a task and queues its attempt, without the ledger; `null` where the claim is refused. */
export async function claimed(tx: Tx, task: Task, claiming: Claiming = {}): Promise<Attempt | null> {
  const { head = HEAD, limits = { all: 64, repository: 64 } } = claiming;
  const fence = await claimTask(tx, { id: task.id, fence: task.fence, head, limits });
  if (fence === null) return null;
  const idea = await ideaNow(tx, task.ideaId);
  const card = roleCardOf("executor", "Do it.");
  const caps = { minutes: 45, turns: 8, responses: 200, toolCalls: 400, tokens: 1_000, microDollars: 1_000 };
  const attemptId = newId.attempt(msOf(tx.now));
  const order = orderOf({
    attemptId,
    idea,
    task,
    card,
    profile: PROFILE,
    protectedPaths: PROTECTED,
    caps,
    model: null,
    base: head,
  });
  const { roleHash, promptHash } = card;
  return await queueAttempt(tx, {
    order,
    fence,
    dispatcher: null,
    roleHash,
    promptHash,
    keep: false,
    simulated: idea.simulated,
  });
}

export async function queuedAttempt(store: Store, task: Task): Promise<Attempt> {
  const attempt = await store.write(STAMP, async (tx) => claimed(tx, await taskNow(tx, task.id)));
  if (attempt === null) throw new Error("the claim was refused");
  return attempt;
}

export async function runningAttempt(store: Store, task: Task, holder: Holder = RUNNER): Promise<Attempt> {
  const { id, fence } = await queuedAttempt(store, task);
  const wish = { id, fence, holder, leaseMs: LEASE_MS, deadlineMs: DEADLINE_MS };
  const attempt = await store.write(STAMP, (tx) => startAttempt(tx, wish));
  if (attempt === null) throw new Error("the start was refused");
  return attempt;
}

export function ending(outcome: AttemptOutcome, code: AttemptFailureCode | null = null): Ending {
  const failure = code === null ? null : { code, detail: text("so it went") };
  return { outcome, failure, head: null, sessionId: null, turns: null, toolCalls: null };
}

export async function ended(store: Store, attempt: Attempt, how: Ending): Promise<Attempt> {
  const after = await store.write(STAMP, (tx) => endAttempt(tx, attempt, how));
  if (after === null) throw new Error("the end was refused");
  return after;
}

export async function taskNow(reader: Parameters<typeof getTask>[0], id: TaskId): Promise<Task> {
  const task = await getTask(reader, id);
  if (task === null) throw new Error(`there is no task ${id}`);
  return task;
}

export async function ideaNow(reader: Parameters<typeof getIdea>[0], id: IdeaId): Promise<Idea> {
  const idea = await getIdea(reader, id);
  if (idea === null) throw new Error(`there is no idea ${id}`);
  return idea;
}
