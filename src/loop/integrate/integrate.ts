import { stringAt } from "../../kit/json.ts";
import type { Event } from "../../model/event.ts";
import { idOf } from "../../model/ids.ts";
import type { Stage } from "../../ports/stage.ts";
import { integrateAttempt } from "./integrate-attempt.ts";
import type { IntegrateWorld } from "./integrate-world.ts";

/** Takes what an attempt made past policy and people into the person's repository. */
export const integrateStage: Stage<IntegrateWorld> = {
  name: "integrate",
  wakesOn: ["attempt.ended", "approval.decided"],
  handle: async (event, world) => {
    const id = attemptOf(event);
    return id === null ? { kind: "done" } : await integrateAttempt(world, idOf.attempt(id));
  },
};

function attemptOf({ type, key, payload }: Event): string | null {
  if (type === "attempt.ended") return payload["outcome"] === "succeeded" ? key : null;
  return payload["action"] === "change" ? stringAt(payload, "attempt") : null;
}
