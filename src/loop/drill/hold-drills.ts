/** What holds starts back: pause, kill switch, breaker, a head that was tried. */
import { BREAKER_TASKS } from "../../model/breaker.ts";
import { controlScopeOf } from "../../model/control.ts";
import { getAttempt } from "../../store/attempts/get-attempt.ts";
import { holdWork } from "../../store/controls/hold-work.ts";
import { changeTask } from "../../store/tasks/change-task.ts";
import { listBreakers } from "../../store/breakers/list-breakers.ts";
import { STAMP, type Drill } from "./drill-world.ts";
import { end, newRun, newWork } from "./scratch-work.ts";

/** Nothing new starts. */
export const pause: Drill = async (world) => {
  const { ideaId } = await newWork(world);
  const reason = world.redact("a drill");
  const wish = { scope: controlScopeOf.idea(ideaId), word: "paused", running: null, reason } as const;
  await world.store.write(STAMP, (tx) => holdWork(tx, wish));
  return (await world.dispatch(ideaId)).length === 0;
};

/** What runs is told to end, and nothing new starts. */
export const stop: Drill = async (world) => {
  const attempt = await newRun(world);
  const reason = world.redact("a drill");
  const wish = { scope: controlScopeOf.repository("/drill"), word: "stopped", running: "now", reason } as const;
  const { ideaId } = await newWork(world);
  await world.store.write(STAMP, (tx) => holdWork(tx, wish));
  const told = await world.store.read((reader) => getAttempt(reader, attempt.id));
  return told?.stop === "now" && (await world.dispatch(ideaId)).length === 0;
};

/** The same failure on several tasks stops the next task too. */
export const breaker: Drill = async (world) => {
  for (let task = 0; task < BREAKER_TASKS; task += 1) {
    const attempt = await newRun(world);
    await end(world, attempt, { outcome: "failed", code: "SETUP_FAILED", detail: "the drill's own failure" });
  }
  const { ideaId } = await newWork(world);
  const open = await world.store.read(listBreakers);
  return open.length === 1 && (await world.dispatch(ideaId)).length === 0;
};

/** A task that found its way back without a word from outside is not tried on the same head. */
export const sameHead: Drill = async (world) => {
  const attempt = await newRun(world);
  await end(world, attempt, { outcome: "failed", code: "AGENT_FAILED" });
  await world.store.write(STAMP, (tx) => changeTask(tx, attempt.taskId, { to: "ready", reason: "sweep" }));
  return (await world.dispatch(attempt.ideaId)).length === 0;
};
