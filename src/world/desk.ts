import type { DeskWorld } from "../loop/run/run-world.ts";
import { ingest } from "../loop/learn/ingest/ingest.ts";
import { recompute } from "../loop/learn.ts";
import { FailureError } from "../model/failure.ts";
import { judgeAsk } from "./judge-ask.ts";
import type { LearnSurroundings } from "./learn.ts";
import type { RulesOfRepository } from "./rules-of-repository.ts";

export type DeskParts = LearnSurroundings &
  Omit<DeskWorld, "judgeCommand" | "ingest" | "judge"> & {
    readonly rules: Pick<RulesOfRepository, "policyAt">;
    readonly stop: AbortSignal;
  };

/** The desk's world: rules as they stand at an order's base, and the same readers and judges as for any recording. */
export function deskWorld(parts: DeskParts): DeskWorld {
  const { rules, stop } = parts;
  return {
    ...parts,
    judgeCommand: (order, command) => judgeAsk({ ...parts, policyAt: rules.policyAt }, order, command),
    ingest: async (folder) => {
      const request = { paths: [folder], sources: ["rollout" as const], lookbackHours: null, sample: false };
      const read = await ingest(request, parts, { signal: stop, progress: () => undefined });
      if (!read.ok) throw new FailureError(read.failure);
    },
    judge: async (session) => {
      const judged = await recompute(parts, { session, signal: stop });
      if (!judged.ok) throw new FailureError(judged.failure);
    },
  };
}
