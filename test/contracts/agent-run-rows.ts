/** Rows of ideas, tasks and attempts as they would stand after a run, for tests of acts that only read them. */
import type { Insertable } from "kysely";
import type { AttemptsTable, IdeasTable, TasksTable } from "../../src/store/delivery-tables.ts";
import type { Store } from "../../src/store/store.ts";

const AT = "2026-11-20T00:00:00.000Z";
const STAMP = { actor: "test" };

export async function putIdea(store: Store, wish: Partial<Insertable<IdeasTable>> & { id: string }): Promise<void> {
  const row: Insertable<IdeasTable> = {
    title: "Mend it",
    spec: "# Mend it",
    goal: "It works.",
    risk: null,
    labels: "[]",
    repository: "/repo",
    target_branch: "main",
    agent: "codex",
    script: null,
    caps: "{}",
    state: "running_tasks",
    state_before: null,
    reason: null,
    detail: null,
    origin: "cli",
    spec_hash: "00",
    simulated: 0,
    created_at: AT,
    updated_at: AT,
    ...wish,
  };
  await store.write(STAMP, (tx) => tx.db.insertInto("ideas").values(row).execute());
}

export async function putTask(
  store: Store,
  wish: Partial<Insertable<TasksTable>> & { id: string; idea_id: string },
): Promise<void> {
  const row: Insertable<TasksTable> = {
    plan_id: `plan-${wish.idea_id}`,
    number: 1,
    title: "Mend it",
    brief: "Mend it.",
    state: "ready",
    reason: null,
    detail: null,
    fence: 0,
    head: null,
    signal_at: AT,
    not_before: null,
    created_at: AT,
    updated_at: AT,
    ...wish,
  };
  await store.write(STAMP, (tx) => tx.db.insertInto("tasks").values(row).execute());
}

export async function putAttempt(
  store: Store,
  wish: Partial<Insertable<AttemptsTable>> & { id: string; idea_id: string; task_id: string },
): Promise<void> {
  const row: Insertable<AttemptsTable> = {
    number: 1,
    role: "executor",
    agent: "codex",
    model: null,
    state: "queued",
    outcome: null,
    failure_code: null,
    failure_detail: null,
    signature: null,
    fence: 1,
    dispatcher: null,
    holder: null,
    lease_until: null,
    deadline: null,
    base: "b".repeat(40),
    head: null,
    role_hash: "00",
    prompt_hash: "00",
    order: "{}",
    stop: null,
    stop_reason: null,
    session_id: null,
    turns: null,
    tool_calls: null,
    keep: 0,
    simulated: 0,
    queued_at: AT,
    started_at: null,
    ended_at: null,
    ...wish,
  };
  await store.write(STAMP, (tx) => tx.db.insertInto("attempts").values(row).execute());
}

/** A task of its own idea (`i-NAME`, `t-NAME`) with one attempt (`a-NAME`). */
export async function putWork(
  store: Store,
  name: string,
  wish: {
    readonly idea?: Partial<Insertable<IdeasTable>>;
    readonly task?: Partial<Insertable<TasksTable>>;
    readonly attempt?: Partial<Insertable<AttemptsTable>>;
  } = {},
): Promise<void> {
  const ids = { idea_id: `i-${name}`, task_id: `t-${name}` };
  await putIdea(store, { id: ids.idea_id, ...wish.idea });
  await putTask(store, { id: ids.task_id, idea_id: ids.idea_id, ...wish.task });
  await putAttempt(store, { id: `a-${name}`, ...ids, ...wish.attempt });
}
