import { IDEA_TRANSITIONS, WALKING_IDEA_STATES } from "../../model/idea-transitions.ts";
import type { Idea, IdeaState } from "../../model/idea.ts";
import type { IdeaId } from "../../model/ids.ts";
import type { Redacted } from "../../model/redacted.ts";
import { mayMove } from "../../model/transitions.ts";
import { appendEvent } from "../events/append-event.ts";
import type { Tx } from "../store.ts";
import { getIdea } from "./get-idea.ts";
import { ideaOf } from "./idea-row.ts";

export interface IdeaMove {
  /** `before`: back to where it was halted. */
  readonly to: IdeaState | "before";
  /** A closed word. */
  readonly reason?: string | null;
  readonly detail?: Redacted | null;
}

/** Moves an idea; staying where it is only changes the reason. `null`: no such idea, or no legal move from where it is. */
export async function changeIdea(tx: Tx, id: IdeaId, move: IdeaMove): Promise<Idea | null> {
  const idea = await getIdea(tx, id);
  if (idea === null) return null;
  const to = move.to === "before" ? idea.stateBefore : move.to;
  if (to === null || !mayMove(IDEA_TRANSITIONS, idea.state, to)) return null;
  const row = await tx.db
    .updateTable("ideas")
    .set({
      state: to,
      state_before: stateBefore(idea, to),
      reason: move.reason ?? null,
      detail: move.detail ?? null,
      updated_at: tx.now,
    })
    .where("id", "=", id)
    .where("state", "=", idea.state)
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) return null;
  if (to !== idea.state) {
    const payload = { from: idea.state, to, ...(move.reason ? { reason: move.reason } : {}) };
    await appendEvent(tx, { type: "idea.changed", key: id, payload });
  }
  return ideaOf(row);
}

/** A halt remembers the latest state in which the idea walked, however many halts follow each other. */
function stateBefore(idea: Idea, to: IdeaState): IdeaState | null {
  if (isWalking(to)) return null;
  return isWalking(idea.state) ? idea.state : idea.stateBefore;
}

function isWalking(state: IdeaState): boolean {
  return WALKING_IDEA_STATES.includes(state);
}
