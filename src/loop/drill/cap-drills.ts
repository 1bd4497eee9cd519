/** Caps that the ledger and dispatch keep. */
import type { Settings } from "../../config/options.ts";
import type { CapUnit, CapWishes } from "../../model/cap.ts";
import { getTask } from "../../store/tasks/get-task.ts";
import { signalTask } from "../../store/tasks/signal-task.ts";
import { STAMP, type Drill, type DrillWorld } from "./drill-world.ts";
import { end, newRun, newWork, spend, type Work } from "./scratch-work.ts";

const FEW = 100;

/** A request that does not fit into what its attempt has left is refused before it is sent. */
export function attemptCap(unit: CapUnit): Drill {
  return async (world) => {
    const caps = wishOf(unit);
    const settings: Partial<Settings> = unit === "responses" ? { "caps.attempt.responses": 1 } : {};
    const attempt = await newRun(world, { caps, settings });
    const tokens = unit === "responses" ? 2 : 10 * FEW;
    if (unit === "responses") await spend(world, attempt, { tokens, priced: true });
    const refused = await spend(world, attempt, { tokens, priced: unit === "usd" });
    return refused.kind === "refused" && refused.unit === unit;
  };
}

function wishOf(unit: CapUnit): CapWishes {
  if (unit === "usd") return { microDollars: FEW };
  return unit === "tokens" ? { tokens: FEW } : {};
}

/** A task that has had its runs gets no more, even when somebody asks for one. */
export const taskSessions: Drill = async (world) => {
  const settings: Partial<Settings> = { "caps.task.sessions": 1 };
  const attempt = await newRun(world, { settings });
  await end(world, attempt, { outcome: "failed", code: "AGENT_FAILED" });
  return isParkedInstead(world, attempt, settings);
};

/** An idea that has spent all it may gets no further attempt. */
export function ideaCap(unit: "usd" | "tokens"): Drill {
  return async (world) => {
    const attempt = await newRun(world, { caps: wishOf(unit) });
    await spend(world, attempt, { tokens: FEW, priced: unit === "usd" });
    await end(world, attempt, { outcome: "failed", code: "AGENT_FAILED" });
    return isParkedInstead(world, attempt, {});
  };
}

async function isParkedInstead(
  world: DrillWorld,
  { ideaId, taskId }: Work,
  settings: Partial<Settings>,
): Promise<boolean> {
  world.clock.advance(1000);
  await world.store.write(STAMP, (tx) => signalTask(tx, taskId, "replayed"));
  const claimed = await world.dispatch(ideaId, settings);
  const task = await world.store.read((reader) => getTask(reader, taskId));
  return claimed.length === 0 && task?.state === "parked";
}

/** On a day or in a month that has spent all it may, nothing new starts. */
export function periodCap(period: "day" | "month", unit: "usd" | "tokens"): Drill {
  return async (world) => {
    const attempt = await newRun(world, { caps: wishOf(unit) });
    await spend(world, attempt, { tokens: FEW, priced: true });
    await end(world, attempt, { outcome: "failed", code: "AGENT_FAILED" });
    const { ideaId } = await newWork(world);
    return (await world.dispatch(ideaId, { [`caps.${period}.${unit}`]: 1 })).length === 0;
  };
}
