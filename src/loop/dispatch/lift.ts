import type { Event } from "../../model/event.ts";
import { stringAt } from "../../kit/json.ts";
import { controlsOver } from "../../model/control.ts";
import { idOf } from "../../model/ids.ts";
import { listControls } from "../../store/controls/list-controls.ts";
import { getIdea } from "../../store/ideas/get-idea.ts";
import type { Store } from "../../store/store.ts";
import { listParkedTasks } from "../../store/tasks/list-parked-tasks.ts";
import { signalTask } from "../../store/tasks/signal-task.ts";

/** Lifts tasks that the kill switch parked, once no control holds them any more: only a person lifts a control. */
export async function liftStopped(store: Store): Promise<void> {
  const parked = await store.read((reader) => listParkedTasks(reader, { reason: "KILL_SWITCH_ACTIVE" }));
  if (parked.length === 0) return;
  await store.write({ actor: "dispatch" }, async (tx) => {
    const controls = await listControls(tx);
    for (const task of parked) {
      const idea = await getIdea(tx, task.ideaId);
      if (idea !== null && controlsOver(controls, idea).length === 0) await signalTask(tx, task.id, "resumed");
    }
  });
}

/** Lifts tasks that a cap parked, when a person has extended the cap of the task or of its idea. */
export async function liftExtended(store: Store, event: Event): Promise<void> {
  const [kind, id = ""] = (stringAt(event.payload, "scope") ?? "").split("/");
  if (kind !== "task" && kind !== "idea") return;
  await store.write({ actor: "dispatch", cause: event.id }, async (tx) => {
    const parked = await listParkedTasks(tx, { reason: "CAP_" });
    const extended = parked.filter((task) => (kind === "task" ? task.id === id : task.ideaId === idOf.idea(id)));
    for (const task of extended) await signalTask(tx, task.id, "extended");
  });
}
