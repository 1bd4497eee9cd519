import type { Attempt } from "../model/attempt.ts";
import { capScopeOf } from "../model/cap.ts";
import type { Idea } from "../model/idea.ts";
import type { IdeaId } from "../model/ids.ts";
import { listApprovals } from "../store/approvals/list-approvals.ts";
import { listAttempts, type AttemptFilter } from "../store/attempts/list-attempts.ts";
import { listCaps } from "../store/caps/list-caps.ts";
import { getIdea } from "../store/ideas/get-idea.ts";
import { sumAttemptSpending } from "../store/ledger/sum-attempt-spending.ts";
import type { Reader } from "../store/store.ts";
import { attemptRow } from "./attempt-row.ts";
import { meterOf } from "./meter.ts";
import type { RunRow } from "./shapes/run.ts";

export interface RunsQuery extends AttemptFilter {
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** Runs, the latest first. */
export async function runRows(reader: Reader, { now, ...filter }: RunsQuery): Promise<readonly RunRow[]> {
  return rowsOfAttempts(reader, await listAttempts(reader, filter), now);
}

export async function rowsOfAttempts(
  reader: Reader,
  attempts: readonly Attempt[],
  now: number,
): Promise<readonly RunRow[]> {
  const ids = attempts.map(({ id }) => id);
  const spending = await sumAttemptSpending(reader, ids);
  const caps = Map.groupBy(
    await listCaps(
      reader,
      ids.map((id) => capScopeOf.attempt(id)),
    ),
    (cap) => cap.scope,
  );
  const ideas = await ideasOf(reader, attempts);
  const rows: RunRow[] = [];
  for (const attempt of attempts) {
    const approvals = await listApprovals(reader, { attemptId: attempt.id });
    const idea = ideas.get(attempt.ideaId);
    rows.push({
      ...attemptRow(attempt, spending.get(attempt.id)),
      idea_id: attempt.ideaId,
      title: idea?.title ?? "",
      repository: attempt.order.repository,
      caps: meterOf({ attempt, approvals, now, caps: caps.get(capScopeOf.attempt(attempt.id)) ?? [] }),
      waiting: approvals.filter(({ state, expiresAt }) => state === "asked" && Date.parse(expiresAt) > now).length,
    });
  }
  return rows;
}

async function ideasOf(reader: Reader, attempts: readonly Attempt[]): Promise<ReadonlyMap<IdeaId, Idea>> {
  const ideas = new Map<IdeaId, Idea>();
  for (const id of new Set(attempts.map(({ ideaId }) => ideaId))) {
    const idea = await getIdea(reader, id);
    if (idea !== null) ideas.set(id, idea);
  }
  return ideas;
}
