import type { Idea } from "../model/idea.ts";
import { dollarsOf, microDollarsOf } from "../model/money.ts";
import { weakest } from "../model/provenance.ts";
import { instantOf } from "../model/time.ts";
import type { Task } from "../model/task.ts";
import { listApprovals } from "../store/approvals/list-approvals.ts";
import { listAttempts } from "../store/attempts/list-attempts.ts";
import { listChanges } from "../store/changes/list-changes.ts";
import { listIdeas } from "../store/ideas/list-ideas.ts";
import { sumAttemptSpending, type AttemptSpending } from "../store/ledger/sum-attempt-spending.ts";
import { getPlan } from "../store/plans/get-plan.ts";
import type { Reader } from "../store/store.ts";
import { listTasks } from "../store/tasks/list-tasks.ts";
import { attemptRow } from "./attempt-row.ts";
import { changeRow } from "./change-row.ts";
import type { IdeaRow, PlanRow, Spend, TaskRow } from "./shapes/idea.ts";

/** The caps of a task's life allow far fewer. */
const MOST_ATTEMPTS = 10_000;

/** Ideas, the latest first. */
export async function ideaRows(
  reader: Reader,
  { limit, now }: { readonly limit: number; readonly now: number },
): Promise<readonly IdeaRow[]> {
  const rows: IdeaRow[] = [];
  for (const idea of await listIdeas(reader, { limit })) rows.push(await ideaRow(reader, idea, now));
  return rows;
}

export async function ideaRow(reader: Reader, idea: Idea, now: number): Promise<IdeaRow> {
  const attempts = await listAttempts(reader, { ideaId: idea.id, limit: MOST_ATTEMPTS });
  const spending = await sumAttemptSpending(
    reader,
    attempts.map(({ id }) => id),
  );
  const asked = await listApprovals(reader, { ideaId: idea.id, state: "asked" });
  const open = asked.filter(({ expiresAt }) => expiresAt > instantOf(now));
  return {
    id: idea.id,
    state: idea.state,
    plan: await planRow(reader, idea),
    tasks: (await listTasks(reader, idea.id)).map(taskRow),
    attempts: attempts.toReversed().map((attempt) => attemptRow(attempt, spending.get(attempt.id))),
    spend: spendOf([...spending.values()], idea.simulated),
    changes: (await listChanges(reader, idea.id)).map(changeRow),
    title: idea.title,
    repository: idea.repository,
    target_branch: idea.targetBranch,
    agent: idea.agent,
    reason: idea.reason,
    detail: idea.detail,
    simulated: idea.simulated,
    created_at: idea.createdAt,
    updated_at: idea.updatedAt,
    waiting: open.length,
  };
}

async function planRow(reader: Reader, { id }: Idea): Promise<PlanRow | null> {
  const plan = await getPlan(reader, id);
  return plan === null ? null : { id: plan.id, source: plan.source, hash: plan.hash, created_at: plan.createdAt };
}

function taskRow({ id, number, title, state, reason, detail, head, notBefore }: Task): TaskRow {
  return { id, number, title, state, reason, detail, head, not_before: notBefore };
}

/** Nothing counted is unknown; one answer without a price makes all the money unknown. */
export function spendOf(parts: readonly AttemptSpending[], simulated: boolean): Spend {
  const sum = (value: (part: AttemptSpending) => number): number => parts.reduce((all, part) => all + value(part), 0);
  const responses = sum((part) => part.responses);
  const unpriced = sum((part) => part.unpriced);
  const isCounted = responses > 0 && sum((part) => part.uncounted) === 0;
  return {
    tokens: isCounted ? sum((part) => part.tokens) : null,
    usd: isCounted && unpriced === 0 ? dollarsOf(microDollarsOf(sum((part) => part.usd))) : null,
    responses,
    unpriced,
    provenance: simulated ? "simulated" : weakest(parts.map((part) => part.provenance)),
  };
}
