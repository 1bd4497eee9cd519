import type { Stage } from "../ports/stage.ts";
import { recompute, type LearnWorld } from "./learn.ts";

/** Computes signals and their price for what was read, whoever read it. Sessions already judged cost nothing. */
export const learnStage: Stage<LearnWorld & { readonly stop: AbortSignal }> = {
  name: "learn",
  wakesOn: ["traces.ingested"],
  handle: async (event, world) => {
    const learned = await recompute(world, { session: null, signal: world.stop, cause: event.id });
    return learned.ok ? { kind: "done" } : { kind: "failure", failure: learned.failure };
  },
};
