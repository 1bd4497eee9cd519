import { canonicalJson } from "../../kit/json.ts";
import type { Idea } from "../../model/idea.ts";
import { newId } from "../../model/ids.ts";
import { msOf } from "../../model/time.ts";
import { appendEvent } from "../events/append-event.ts";
import { bit } from "../put-rows.ts";
import type { Tx } from "../store.ts";
import { ideaOf } from "./idea-row.ts";

/** What somebody wants, checked and redacted. `simulated`: what comes of it is for show. */
export type IdeaWish = Pick<
  Idea,
  | "title"
  | "spec"
  | "goal"
  | "risk"
  | "labels"
  | "repository"
  | "targetBranch"
  | "agent"
  | "script"
  | "caps"
  | "origin"
  | "specHash"
  | "simulated"
>;

/** Takes an idea in; `idea.registered` starts all the rest. */
export async function registerIdea(tx: Tx, wish: IdeaWish): Promise<Idea> {
  const row = await tx.db
    .insertInto("ideas")
    .values({
      id: newId.idea(msOf(tx.now)),
      title: wish.title,
      spec: wish.spec,
      goal: wish.goal,
      risk: wish.risk,
      labels: canonicalJson(wish.labels),
      repository: wish.repository,
      target_branch: wish.targetBranch,
      agent: wish.agent,
      script: wish.script === null ? null : canonicalJson(wish.script),
      caps: canonicalJson(wish.caps),
      state: "registered",
      state_before: null,
      reason: null,
      detail: null,
      origin: wish.origin,
      spec_hash: wish.specHash,
      simulated: bit(wish.simulated),
      created_at: tx.now,
      updated_at: tx.now,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  const payload = { agent: wish.agent, origin: wish.origin, spec: wish.specHash };
  await appendEvent(tx, { type: "idea.registered", key: row.id, payload });
  return ideaOf(row);
}
