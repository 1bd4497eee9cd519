import { ok, type Result } from "../kit/result.ts";
import { capScopeOf } from "../model/cap.ts";
import type { Failure } from "../model/failure.ts";
import type { IdeaId } from "../model/ids.ts";
import { instantOf } from "../model/time.ts";
import { listCaps } from "../store/caps/list-caps.ts";
import { getIdea } from "../store/ideas/get-idea.ts";
import { listTasks } from "../store/tasks/list-tasks.ts";
import { wayOn } from "../store/tasks/way-on.ts";
import type { Reader } from "../store/store.ts";
import { askedApprovals } from "./asked-approvals.ts";
import { budgetRow } from "./budget.ts";
import { findIdea } from "./find-id.ts";
import { ideaRow } from "./ideas.ts";
import type { IdeaDetail } from "./shapes/idea.ts";

/** One idea with everything in it. `id` may be the start of an id when only one idea begins so. */
export async function ideaDetail(
  reader: Reader,
  query: { readonly id: string; readonly now: number },
): Promise<Result<IdeaDetail, Failure>> {
  const found = await findIdea(reader, query.id);
  return found.ok ? ok(await detailOf(reader, found.value, query.now)) : found;
}

async function detailOf(reader: Reader, id: IdeaId, now: number): Promise<IdeaDetail> {
  const idea = await getIdea(reader, id);
  // One moment of the store: the idea was found in this very read.
  if (idea === null) throw new Error(`idea ${id} vanished within one read`);
  return {
    ...(await ideaRow(reader, idea, now)),
    way_on: await firstWay(reader, id),
    state_before: idea.stateBefore,
    spec: idea.spec,
    goal: idea.goal,
    risk: idea.risk,
    labels: idea.labels,
    origin: idea.origin,
    spec_hash: idea.specHash,
    caps: (await listCaps(reader, [capScopeOf.idea(id)])).map(budgetRow),
    approvals: await askedApprovals(reader, { ideaId: id, now: instantOf(now) }),
  };
}

async function firstWay(reader: Reader, id: IdeaId): Promise<string | null> {
  for (const task of await listTasks(reader, id)) {
    const way = await wayOn(reader, task);
    if (way !== null) return `${way} && codex-loop idea resume ${id} --wait`;
  }
  return null;
}
