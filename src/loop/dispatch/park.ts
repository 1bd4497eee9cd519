import type { Failure } from "../../model/failure.ts";
import type { Task } from "../../model/task.ts";
import { exhaustedCap } from "../../policy/attempts/exhausted-cap.ts";
import type { StoredFacts } from "../../store/admission/stored-facts.ts";
import { hitCap } from "../../store/caps/hit-cap.ts";
import { changeTask } from "../../store/tasks/change-task.ts";
import type { DispatchWorld } from "./dispatch-world.ts";

/** Parks a task whose own or whose idea's cap is spent: nothing but a person's extension brings it on. False: none is. */
export async function parkExhausted(world: DispatchWorld, { idea, task, caps }: StoredFacts): Promise<boolean> {
  const cap = exhaustedCap(caps);
  if (cap === null) return false;
  const { scope, unit } = cap;
  return await world.store.write({ actor: "dispatch", simulated: idea.simulated }, async (tx) => {
    const reason = `CAP_${unit.toUpperCase()}`;
    const detail = world.redact(`${scope} has spent ${cap.spent} of ${cap.cap ?? 0} ${unit}.`);
    const parked = await changeTask(tx, task.id, { to: "parked", reason, detail, fence: task.fence });
    if (parked !== null) await hitCap(tx, { scope, unit, subject: task.id });
    return true;
  });
}

/** Fails a task that no attempt can be made for: the repository itself has to change. */
export async function failInvalid(world: DispatchWorld, task: Task, failure: Failure): Promise<null> {
  const detail = world.redact(`${failure.message} ${failure.cause}`);
  await world.store.write({ actor: "dispatch" }, (tx) =>
    changeTask(tx, task.id, { to: "failed", reason: "INVALID_PROFILE", detail, fence: task.fence }),
  );
  return null;
}
