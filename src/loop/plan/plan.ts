import { hashParts } from "../../kit/hash.ts";
import { ENDED_IDEA_STATES, type Idea } from "../../model/idea.ts";
import { idOf } from "../../model/ids.ts";
import type { Stage } from "../../ports/stage.ts";
import { changeIdea } from "../../store/ideas/change-idea.ts";
import { getIdea } from "../../store/ideas/get-idea.ts";
import { putPlan, type PlanDraft } from "../../store/plans/put-plan.ts";
import type { Store } from "../../store/store.ts";

export interface PlanWorld {
  readonly store: Store;
}

/**
 * Makes a plan of a new idea. No planner is asked yet: the idea is one task, whose brief is the specification. Waking
 * again changes nothing, because an idea has one plan.
 */
export const planStage: Stage<PlanWorld> = {
  name: "plan",
  wakesOn: ["idea.registered"],
  handle: async (event, { store }) => {
    const stamp = { actor: "plan", cause: event.id, simulated: event.simulated };
    await store.write(stamp, async (tx) => {
      const idea = await getIdea(tx, idOf.idea(event.key));
      if (idea === null || ENDED_IDEA_STATES.includes(idea.state)) return;
      await putPlan(tx, planOf(idea));
      // One that is held meanwhile has its plan when it goes on.
      if (idea.state === "registered") await changeIdea(tx, idea.id, { to: "plan_ready" });
    });
    return { kind: "done" };
  },
};

function planOf({ id, title, spec, specHash }: Idea): PlanDraft {
  return {
    ideaId: id,
    source: "spec",
    hash: hashParts("one-task", specHash),
    tasks: [{ title, brief: spec, needs: [] }],
  };
}
