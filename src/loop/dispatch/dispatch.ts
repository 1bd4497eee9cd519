import type { Stage } from "../../ports/stage.ts";
import type { DispatchWorld } from "./dispatch-world.ts";
import { dispatchReady } from "./dispatch-ready.ts";
import { liftExtended } from "./lift.ts";

/** Whatever may have let a task go on: all ready tasks are looked at, whatever it was. */
export const dispatchStage: Stage<DispatchWorld> = {
  name: "dispatch",
  wakesOn: [
    "plan.ready",
    "attempt.ended",
    "approval.decided",
    "cap.extended",
    "control.changed",
    "breaker.closed",
    "task.changed",
  ],
  handle: async (event, world) => {
    // Its own claims are such events too.
    if (event.type === "task.changed" && event.payload["to"] !== "ready") return { kind: "done" };
    if (event.type === "cap.extended") await liftExtended(world.store, event);
    await dispatchReady(world);
    return { kind: "done" };
  },
};
